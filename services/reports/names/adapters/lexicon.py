"""Loads the tables by which names are found, once."""

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from chassis.spelling import plain
from services.reports.names.rules import Lexicon

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables of this process."""
    kinds: dict[str, set[str]] = defaultdict(set)
    with (_HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for beginning in row["beginnings"].split():
                kinds[beginning].add(row["kind"])
    return Lexicon(
        given=frozenset((_HERE / "names.txt").read_text(encoding="utf-8").split()),
        ordinary=frozenset((_HERE / "ordinary.txt").read_text(encoding="utf-8").split()),
        # Of names of several words none is a place by itself: Nur-Sultan.
        places=frozenset(forms[0] for forms in map(plain, _place_names()) if len(forms) == 1),
        beginnings={beginning: frozenset(found) for beginning, found in kinds.items()},
    )


def _place_names() -> list[str]:
    """Names of areas in English, Russian and their own languages, and of their capitals and towns."""
    path = _HERE.parent.parent / "places" / "adapters" / "areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        areas = [name for row in csv.DictReader(file) for name in (row["name"], row["name_ru"], *row["aliases"].split(";"))]
    return areas + (_HERE / "towns.txt").read_text(encoding="utf-8").split()
