"""How closely a name resembles a listed one, pure. A resemblance asks the Head; it does not decide.

Words are compared one by one, in any order and script, by sound; where one of the two is in Arabic script, which leaves
vowels out, by consonants. The score is the mean likeness of the words of the shorter name, less for words of the longer
one that nobody gave: full names carry two to four words, and a visiting card rarely all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from chassis.spelling import consonants, is_arabic, plain

THRESHOLDS = {"individual": 86, "entity": 90}
"""From which score a resemblance is a hit, by what is listed. Chosen for recall: a false hit costs the Head a minute."""
SAME_WORD = 75
"""Below this likeness two words are two words."""
FULL, MISSING = 100, 4
"""The score of equal names, and what each word costs that only the longer name has."""


@dataclass(frozen=True)
class Listed:
    """An entry of the list."""

    data_id: str
    kind: str
    reference: str
    names: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Likeness:
    """How alike two names are, and why."""

    score: int
    by: str
    words_alike: int
    words_given: int
    words_listed: int


@dataclass(frozen=True)
class Hit:
    """A name that resembles a listed one."""

    entry: Listed
    listed_name: str
    likeness: Likeness


def compare(given: str, listed: str) -> Likeness:
    """The likeness of two names."""
    arabic = is_arabic(given) or is_arabic(listed)
    ours, theirs = _words(given, arabic), _words(listed, arabic)
    shorter, longer = sorted((ours, theirs), key=len)
    alike = _pair(shorter, list(longer))
    score = sum(alike) / len(shorter) - MISSING * (len(longer) - len(shorter)) if shorter else 0
    if len(shorter) == 1 and len(longer) > 1:
        # One word of several is a given name that thousands bear.
        score = min(score, FULL / 2)
    return Likeness(max(0, round(score)), "consonants" if arabic else "sound", len(alike), len(ours), len(theirs))


def _words(name: str, arabic: bool) -> list[str]:
    words = [consonants(word) if arabic else word for word in plain(name)]
    return [word for word in words if word]


def _pair(shorter: Sequence[str], longer: list[str]) -> list[float]:
    """The likeness of each word of the shorter name with the closest word of the longer that is left; the best pairs first."""
    pairs = sorted(((ratio(one, other), n, m) for n, one in enumerate(shorter) for m, other in enumerate(longer)), reverse=True)
    taken: set[tuple[str, int]] = set()
    found = []
    for likeness, n, m in pairs:
        if likeness >= SAME_WORD and ("one", n) not in taken and ("other", m) not in taken:
            taken |= {("one", n), ("other", m)}
            found.append(likeness)
    return found


@dataclass
class ListIndex:
    """The list, arranged so that a name is compared only with those that share the beginning or end of its words' consonants."""

    names: list[tuple[Listed, str]] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, entries: Iterable[Listed]) -> "ListIndex":
        """The index of a list."""
        index = cls()
        for entry in entries:
            for name in entry.names:
                for key in {key for word in plain(name) for key in _keys(word)}:
                    index.places[key].append(len(index.names))
                index.names.append((entry, name))
        return index

    def hits(self, names: Iterable[str]) -> list[Hit]:
        """The entries that any of `names` resembles, each by its closest name, the closest first."""
        best: dict[str, Hit] = {}
        for given in names:
            for place in self._near(given):
                entry, listed = self.names[place]
                likeness = compare(given, listed)
                known = best.get(entry.data_id)
                if likeness.score >= THRESHOLDS[entry.kind] and (known is None or known.likeness.score < likeness.score):
                    best[entry.data_id] = Hit(entry, listed, likeness)
        return sorted(best.values(), key=lambda hit: (-hit.likeness.score, hit.entry.data_id))

    def _near(self, given: str) -> list[int]:
        words = plain(given)
        shared = Counter(place for word in words for place in {place for key in _keys(word) for place in self.places.get(key, ())})
        return [place for place, count in shared.items() if count >= min(2, len(words))]


def _keys(word: str) -> tuple[str, str]:
    bones = consonants(word) or word
    return f"{bones[:2]}-", f"-{bones[-2:]}"
