"""Texts without the words that name persons."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from contracts.names import Locale, withhold
from contracts.vocabulary import CENTRE
from services.reports.names.rules.finding import find_names
from services.reports.names.rules.lexicon import Lexicon
from services.reports.names.rules.spans import Marks, Named, Rule

# Headquarters is the Centre's own reporting line; a sister mission is another office, with purposes of its own.
READ_NAMES: Final = frozenset({CENTRE, "hq"})
_TAKE_NAMES: Final = frozenset({"analyst", "head-of-centre"})


def may_read_names(organization: str, originator: str) -> bool:
    """True for the Centre and Headquarters, and for whoever said it itself."""
    return organization in READ_NAMES or organization == originator


def may_take_names(organization: str, roles: Collection[str]) -> bool:
    """True for who may have names in a file that leaves the house: analysts and the Head, and Headquarters."""
    return organization == "hq" or bool(_TAKE_NAMES.intersection(roles))


def key_of(words: str) -> str:
    """Words as they are compared: in small letters, with single spaces."""
    return " ".join(words.casefold().split())


def settle_names(lexicon: Lexicon, texts: Sequence[str | None], marks: Marks) -> list[list[Named]]:
    """Per text what names persons: what was found and not dismissed, and what people marked wherever it stands."""
    dismissed = {key_of(each) for each in marks.dismissed}
    settled = []
    for text, found in zip(texts, find_names(lexicon, *texts), strict=True):
        marked = {(each.start, each.end): each for words in marks.named for each in _standing(text or "", words)}
        kept = [each for each in found if key_of(each.words) not in dismissed and (each.start, each.end) not in marked]
        settled.append(sorted([*kept, *marked.values()]))
    return settled


def _standing(text: str, words: str) -> Iterator[Named]:
    """Where marked words stand as whole words, whatever spaces and capitals."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ():
        yield Named(match.start(), match.end(), match[0], Rule.marked)


def stand_in(texts: Iterable[str | None], words: str) -> bool:
    """True when the words stand in one of the texts."""
    return any(True for text in texts for _ in _standing(text or "", words))


def withhold_names(lexicon: Lexicon, texts: Sequence[str | None], marks: Marks, locale: Locale | None = None) -> list[str | None]:
    """The texts with names withheld, said in `locale`, else in the language of each text."""
    settled = settle_names(lexicon, texts, marks)
    return [
        text if text is None else withhold(text, [(each.start, each.end) for each in names], locale)
        for text, names in zip(texts, settled, strict=True)
    ]
