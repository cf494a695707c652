"""A text as words with what each can be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from contracts.names import WITHHELD
from services.reports.names.rules.lexicon import CONNECTORS, Lexicon, is_patronymic, is_surname

_WORD: Final = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:[^\W\d_][\u0300-\u036f]*|[’'ʼ‘ʻ`-](?=[^\W\d_]))*")
_POSSESSIVE: Final = re.compile(r"[’']s$")
_ARTICLE: Final = re.compile(r"(?:a[ld]|el|ul|аль|ас|аш|ад|ат)-(?=[^\W\d_])", re.IGNORECASE)
_ENDS: Final = frozenset(".!?;:\n•|")
# What stands for a name that was withheld before is no word.
_WITHHELD: Final = re.compile("|".join(re.escape(each) for each in WITHHELD.values()))


@dataclass(frozen=True)
class Token:
    """A word, where it stands, and what it can be. `gap` is what stands between it and the word before."""

    start: int
    end: int
    word: str
    gap: str
    opens: bool
    kinds: frozenset[str]
    given: bool
    surname: bool
    patronymic: bool

    @property
    def low(self) -> str:
        """In small letters."""
        return self.word.casefold()

    @property
    def capital(self) -> bool:
        """True when it begins with a capital letter, an article before it aside."""
        return _ARTICLE.sub("", self.word)[:1].isupper()

    @property
    def connects(self) -> bool:
        """True for a small word inside names."""
        return self.low in CONNECTORS

    @property
    def known(self) -> bool:
        """True when it is a name by the tables or by its ending."""
        return self.given or self.surname or self.patronymic

    @property
    def adjacent(self) -> bool:
        """True when nothing but a space parts it from the word before."""
        return self.gap in (" ", "\u00a0", "  ")


def tokenize(text: str, lexicon: Lexicon) -> list[Token]:
    """The words of a text, in order."""
    blank = _WITHHELD.sub(lambda match: "\x00" * len(match[0]), text)
    tokens: list[Token] = []
    end = 0
    for match in _WORD.finditer(blank):
        word = _POSSESSIVE.sub("", match[0])
        gap = blank[end : match.start()]
        # The full stop of an initial ends no sentence.
        initial = bool(tokens) and len(tokens[-1].word) == 1 and tokens[-1].capital
        token = _token(word, match.start(), gap, lexicon, opens=not tokens or (bool(_ENDS.intersection(gap)) and not initial))
        # Behind an article stands part of a name, whatever it means: Al Hindi.
        named = token.adjacent and bool(tokens) and tokens[-1].word in ("Al", "El", "al", "el")
        tokens.append(replace(token, kinds=frozenset()) if named else token)
        end = match.start() + len(word)
    return tokens


def _token(word: str, start: int, gap: str, lexicon: Lexicon, *, opens: bool) -> Token:
    low = _ARTICLE.sub("", word).casefold()
    bare = low == word.casefold()
    # One letter alone is an initial, never «с.» for a village.
    kinds = lexicon.kinds_of(low) if bare and low not in CONNECTORS and (len(low) > 1 or word.islower()) else frozenset()
    plain = word[:1].isupper() and not kinds and not lexicon.is_place(low)
    given, surname, patronymic = plain and lexicon.is_given(low), plain and is_surname(low), plain and is_patronymic(low)
    if not kinds and not plain and lexicon.is_place(low):
        kinds = frozenset({"place"})
    # A name with an article before it names a person beside another name only.
    given = given and bare
    return Token(start, start + len(word), word, gap, opens, kinds, given, surname, patronymic)


def is_title_case(tokens: Iterable[Token]) -> bool:
    """True when ordinary words begin with capitals, as in many headlines: then a capital says nothing."""
    ordinary = [each.capital for each in tokens if not each.opens and each.kinds and "never" not in each.kinds and len(each.word) > 3]
    return len(ordinary) > 1 and sum(ordinary) * 2 > len(ordinary)
