"""How well names of persons are found: in headlines of a real data set, and in exercise sentences in the languages of the region.

`persons.json` says which words name persons: of the headlines (UCDP, read where they are) by places only, so that no victim's
name is copied here; of the sentences, which are invented, between double brackets.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.figures import Figure
from services.reports.names.adapters.lexicon import lexicon
from services.reports.names.rules import find_names
from tests.platforms import LoadedPlatform

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
LABELS: Final = Path(__file__).with_name("persons.json")
READ: Final = 400
_WORD: Final = re.compile(r"\w+")
_MARKED: Final = re.compile(r"\[\[(.+?)\]\]")
Span = tuple[int, int]
Labelled = tuple[str, list[Span]]


class Score(NamedTuple):
    """Words of names that were found, words found that are none, and words of names that were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of the words that would be withheld, how many name persons."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the words that name persons, how many would be withheld."""
        return self.right / (self.right + self.missed)


async def measure(_: LoadedPlatform) -> list[Figure]:
    """Precision and recall by word: a name that slips is worse than a word too much."""
    real, exercise = score(headlines(DATA)), score(sentences())
    return [
        Figure("names found in real headlines (recall)", real.recall, "", "limit", 0.95, least=1.0),
        Figure("names found in real headlines (precision)", real.precision, "", "limit", 0.9, least=1.0),
        Figure("names found in sentences of the region (recall)", exercise.recall, "", "limit", 0.95, least=1.0),
        Figure("names found in sentences of the region (precision)", exercise.precision, "", "limit", 0.9, least=1.0),
    ]


def score(texts: Iterable[Labelled]) -> Score:
    """Word by word, over all texts."""
    known, right, wrong, missed = lexicon(), 0, 0, 0
    for text, wanted in texts:
        found = [(each.start, each.end) for each in find_names(known, text)[0]]
        for word in _WORD.finditer(text):
            is_found, is_name = _within(word.span(), found), _within(word.span(), wanted)
            right, wrong, missed = right + (is_found and is_name), wrong + (is_found and not is_name), missed + (is_name and not is_found)
    return Score(right, wrong, missed)


def headlines(data: Path) -> Iterator[Labelled]:
    """Each headline once, with where names stand in it."""
    labels: dict[str, list[Any]] = json.loads(LABELS.read_text(encoding="utf-8"))["headlines"]
    seen: set[str] = set()
    with (data / "events/ucdp/ged_sample_1000_v231.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = " ".join(row["source_headline"].split())[:READ]
            if text and text not in seen:
                seen.add(text)
                yield text, [(start, end) for start, end in labels.get(row["id"].split(".")[0], [])]


def sentences() -> Iterator[Labelled]:
    """The exercise sentences, without their brackets."""
    for marked in json.loads(LABELS.read_text(encoding="utf-8"))["exercise"]:
        spans = [(match.start() - 4 * n, match.start() - 4 * n + len(match[1])) for n, match in enumerate(_MARKED.finditer(marked))]
        yield _MARKED.sub(r"\1", marked), spans


def _within(word: Span, spans: list[Span]) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in spans)
