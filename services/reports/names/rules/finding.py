"""Finding names of persons: by given names, endings, initials, titles and ages. It errs towards finding too much."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from services.reports.names.rules.lexicon import KINSHIP, Lexicon, may_be_surname
from services.reports.names.rules.spans import Named, Role, Rule
from services.reports.names.rules.tokens import Token, is_title_case, tokenize

_NEAR: Final = 6
_ROLES: Final = ("suspect", "victim", "witness", "source", "official")
_AGE: Final = re.compile(
    r",? ?\(?(?:aged? )?\d{1,3}(?:\)|,|[- ](?:year|летн)|,? лет|,? года?\b)"
    r"|,? ?\(?\d{4} (?:года рождения|г\. ?р)|,? ?\(?(?:born|род\.)"
)
_CAPITAL: Final = r"[A-ZА-ЯЁӢӮҚҒҲҶӨҮҢӘҰІ]"
_BEFORE: Final = re.compile(rf"(?<![\w.])(?:{_CAPITAL}\. ?)+$")
_BEHIND: Final = re.compile(rf" (?:{_CAPITAL}\. ?){{1,2}}(?!\w)")
_ABROAD: Final = frozenset({"U.S.", "U.N.", "U.K.", "E.U.", "U.S. ", "U.N. ", "U.K. "})


class _Run(NamedTuple):
    """Words beside one another that may be a name, with the words before and behind."""

    tokens: Sequence[Token]
    before: Token | None
    behind: Token | None

    @property
    def titled(self) -> bool:
        return self.before is not None and "title" in self.before.kinds and self.tokens[0].adjacent

    @property
    def vetoed(self) -> bool:
        """True for the name of a place, a street or a body."""
        placed = self.before is not None and "place-before" in self.before.kinds and self.tokens[0].gap.strip(' .«"“') == ""
        return placed or (self.behind is not None and self.behind.adjacent and bool(self.behind.kinds & {"place-behind", "body-behind"}))


def find_names(lexicon: Lexicon, *texts: str | None) -> list[list[Named]]:
    """The names in each of `texts`, in order. A word of a name found in one of them is one wherever it stands again."""
    words = [tokenize(text or "", lexicon) for text in texts]
    found = [list(_find(text or "", tokens)) for text, tokens in zip(texts, words, strict=True)]
    again = {word for spans in found for span in spans for word in _telling(span)}
    return [sorted([*spans, *_again(tokens, spans, again)]) for tokens, spans in zip(words, found, strict=True)]


def _find(text: str, tokens: Sequence[Token]) -> Iterator[Named]:
    titled = is_title_case(tokens)
    for run in _runs(tokens):
        start, end = run.tokens[0].start, run.tokens[-1].end
        initials = _BEFORE.search(text, max(0, start - 8), start)
        behind = _BEHIND.match(text, end)
        rule = _by_initials(run, initials, behind) or _judge(run, text, titled)
        if rule:
            if initials and initials[0] not in _ABROAD:
                start = initials.start()
            end = behind.end() if behind and rule is Rule.initials else end
            words = text[start:end].rstrip()
            yield Named(start, start + len(words), words, rule, _role(tokens, run))


def _runs(tokens: Sequence[Token]) -> Iterator[_Run]:
    """Words with capitals that are nothing else, and small words between them."""
    run: list[Token] = []
    for n, token in enumerate([*tokens, None]):
        fits = token is not None and len(token.word) > 1 and not token.kinds and (token.capital or token.connects)
        if run and (not fits or token is None or not token.adjacent):
            yield from _trimmed(run, tokens, n)
            run = []
        if fits and token is not None:
            run.append(token)


def _trimmed(run: list[Token], tokens: Sequence[Token], end: int) -> Iterator[_Run]:
    """Without small words at its ends, unless they say whose child somebody is."""
    first, last = 0, len(run)
    while first < last and run[first].connects and not run[first].capital:
        first += 1
    while last > first and run[last - 1].connects and run[last - 1].low not in KINSHIP:
        last -= 1
    if first < last:
        begin = end - len(run) + first
        behind = end - len(run) + last
        yield _Run(run[first:last], tokens[begin - 1] if begin else None, tokens[behind] if behind < len(tokens) else None)


def _by_initials(run: _Run, before: re.Match[str] | None, behind: re.Match[str] | None) -> Rule | None:
    first, last = run.tokens[0], run.tokens[-1]
    if before and before[0] not in _ABROAD and not run.vetoed and len(first.word) > 2 and not first.word.isupper():
        return Rule.initials
    told = run.before is not None and bool(run.before.kinds) and first.adjacent
    if behind and (told or behind[0].count(".") > 1 or last.known or may_be_surname(last.low)) and not last.word.isupper():
        return Rule.initials
    return None


def _judge(run: _Run, text: str, titled: bool) -> Rule | None:
    """By which rule the run is a name; None when it is none."""
    words = [each for each in run.tokens if not each.connects]
    if not words or run.vetoed:
        return None
    if any(each.patronymic or each.low in KINSHIP for each in run.tokens):
        return Rule.patronymic
    if len(words) > 1 and any(each.known for each in words):
        return Rule.given_name if any(each.given for each in words) else Rule.surname
    if _AGE.match(text, run.tokens[-1].end) and not words[-1].word.isupper():
        return Rule.age
    if run.titled and not titled and not words[0].word.isupper():
        return Rule.titled
    return _judge_one(run, words[0]) if len(words) == 1 else None


def _judge_one(run: _Run, word: Token) -> Rule | None:
    """One word alone: by its ending, unless it opens a sentence in Cyrillic and may be a genitive; or a given name."""
    if word.given:
        return Rule.given_name
    if not word.surname or word.word.isupper():
        return None
    told = run.behind is not None and run.behind.adjacent and bool(run.behind.kinds & set(_ROLES))
    return Rule.surname if not word.opens or word.word.isascii() or told else None


def _role(tokens: Sequence[Token], run: _Run) -> Role:
    """As the nearest telling word of the sentence says."""
    first, last = tokens.index(run.tokens[0]), tokens.index(run.tokens[-1])
    ahead = _until_end(reversed(tokens[max(0, first - _NEAR) : first]), opening=run.tokens[0])
    behind = _until_end(iter(tokens[last + 1 : last + 1 + _NEAR]), opening=None)
    told = [(n, kind) for side in (ahead, behind) for n, kinds in enumerate(side) for kind in _ROLES if kind in kinds]
    return Role(min(told, key=lambda each: (each[0], _ROLES.index(each[1])))[1]) if told else Role.other


def _until_end(tokens: Iterable[Token], opening: Token | None) -> Iterator[frozenset[str]]:
    """Kinds of the words up to the end of the sentence: going back, a word that opens one ends it."""
    if opening is not None and opening.opens:
        return
    for token in tokens:
        if opening is None and token.opens:
            return
        yield token.kinds
        if opening is not None and token.opens:
            return


def _telling(span: Named) -> Iterator[str]:
    """The words of a name by which it is met again."""
    if span.rule is not Rule.age:
        yield from (word.casefold() for word in re.findall(r"[^\W\d_]{4,}", span.words))


def _again(tokens: Sequence[Token], spans: Sequence[Named], names: set[str]) -> Iterator[Named]:
    for token in tokens:
        if token.capital and not token.kinds and token.low in names and not any(each.start <= token.start < each.end for each in spans):
            yield Named(token.start, token.end, token.word, Rule.again)
