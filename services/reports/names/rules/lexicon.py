"""What a word can be: a given name, a surname by its ending, a title, an ordinary word, a part of a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from chassis.spelling import plain

_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
# Endings of surnames and patronymics in the languages of the region, in Latin and in Cyrillic letters, Russian cases included.
_SURNAME: Final = re.compile(
    r"\w{2,}(?:(?:[oe]v|[oe]w|yev)(?:a|s)?|zod[ae]?|zade|zada|ogl[yu]|enko|ullah|ulloh|ullo|uddin|iddin|nejad|pour"
    r"|(?:[оеё]в)(?:а|у|ым|е|ой|ых|ыми|ы)?|зод(?:а|ы|е|у|ой|аи)?|зад[ае]|оглы|енко|улл[оа]х?|[уи]ддин(?:а|у|ом|е)?)"
)
_PATRONYMIC: Final = re.compile(
    r"\w{2,}(?:[oe]vich|[oe]vna|uly|qizi|kyzy|kizi"
    r"|(?:[оеё]в|ь)ич(?:а|у|ем|е)?|(?:[оеё]в|ич)н(?:а|ы|е|у|ой)|ұлы|улы|қызы|кызы|қизи|кизи)"
)
# Adjectives end like these: a surname only beside a name or an initial.
_WEAK_SURNAME: Final = re.compile(
    r"\w{3,}(?:sk[iy]y?|skaya|ina?|ck[iy]y?"
    r"|ск(?:ий|ая|ого|ому|им|ом|ой|ую)|[иы]н(?:а|у|ым|е|ой)?|[чщ]ук(?:а|у|ом)?|ян(?:а|у|ом)?|швили)"
)
_PLACE: Final = re.compile(
    r"\w+(?:stan|abad|obod|kent|kand|tepa|tepe|стан(?:а|е|у|ом)?|абад(?:а|е|у|ом)?|обод(?:а|е)?|кент(?:а|е)?|канд(?:а|е)?)"
)
_CASES: Final = ("ами", "ом", "ем", "ой", "ей", "ым", "а", "у", "е", "ы", "и", "ю", "я")
KINSHIP: Final = frozenset(
    ["уулу", "кызы", "оглы", "угли", "ўғли", "қизи", "кизи", "ogly", "oglu", "ogli", "o'g'li", "o‘g‘li", "uulu", "kyzy", "qizi"]
)
"""Small words that say whose child somebody is: words beside them are names."""
CONNECTORS: Final = KINSHIP.union(
    ["al", "el", "ul", "ud", "bin", "ibn", "ebn", "ben", "abd", "abu", "abo", "umm", "em", "von", "van", "de", "аль", "абу", "ибн"]
)
"""Small words inside a name."""


@dataclass(frozen=True)
class Lexicon:
    """Given names folded to one spelling, ordinary words, places, and the beginnings of words by what they tell."""

    given: frozenset[str]
    ordinary: frozenset[str]
    places: frozenset[str]
    beginnings: Mapping[str, frozenset[str]]
    lengths: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """The lengths that beginnings have, so that a word is looked up once for each."""
        object.__setattr__(self, "lengths", sorted({len(each) for each in self.beginnings}, reverse=True))
        # Texts say the same words again and again, and folding one takes longer than finding it.
        object.__setattr__(self, "is_given", lru_cache(maxsize=2_048)(self.is_given))
        object.__setattr__(self, "is_place", lru_cache(maxsize=2_048)(self.is_place))

    def kinds_of(self, word: str) -> frozenset[str]:
        """What a word in small letters tells: kinds of the table, by the whole word or its longest beginning."""
        whole = self.beginnings.get(f"{word}.")
        found = whole or next((self.beginnings[word[:n]] for n in self.lengths if word[:n] in self.beginnings), frozenset())
        return found | {"ordinary"} if word in self.ordinary else found

    def is_given(self, word: str) -> bool:
        """True for a given name in any spelling, and in any case of Russian."""
        return any(form in self.given for each in _forms(word) for form in plain(each)[:1])

    def is_place(self, word: str) -> bool:
        """True for the name of an area, country or town, or what ends like one."""
        return bool(_PLACE.fullmatch(word)) or any(form in self.places for each in _forms(word) for form in plain(each)[:1])


def _forms(word: str) -> list[str]:
    """The word, and in Cyrillic what is left of it without the endings of cases."""
    if not _CYRILLIC.search(word):
        return [word]
    stems = [word[: -len(case)] for case in _CASES if word.endswith(case) and len(word) - len(case) > 2]
    return [word, *stems, *(f"{stem}{end}" for stem in stems for end in ("а", "й", "я", "ь"))]


def is_surname(word: str) -> bool:
    """True for a word that ends like a surname and like nothing else."""
    return len(word) > 4 and bool(_SURNAME.fullmatch(word))


def is_patronymic(word: str) -> bool:
    """True for a word that says whose child somebody is."""
    return len(word) > 5 and bool(_PATRONYMIC.fullmatch(word))


def may_be_surname(word: str) -> bool:
    """True for a word that ends like a surname, though other words do, too."""
    return bool(_WEAK_SURNAME.fullmatch(word))
