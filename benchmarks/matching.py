"""How well incidents are told apart: on events that two releases of one real data set have in common."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from services.reports.incidents.adapters.thresholds import thresholds
from services.reports.incidents.rules import Account, Verdict, match
from tests.platforms import LoadedPlatform

DATA = Path(__file__).parents[2] / "shared" / "data"
KINDS = {1: "political", 2: "inter-communal", 3: "terrorism-extremism"}
Numbered = tuple[int, Account]


async def measure(_: LoadedPlatform) -> list[Figure]:
    """Precision and recall of what is joined without a person, against the limits of issue 4."""
    right, wrong, missed = labelled_pairs(DATA)
    return [
        Figure("incidents joined rightly (precision)", right / (right + wrong), "", "limit", 0.9, least=1.0),
        Figure("incidents joined of those there are (recall)", right / (right + missed), "", "limit", 0.7, least=1.0),
    ]


def labelled_pairs(data: Path) -> tuple[int, int, int]:
    """Joined and one event, joined and not one event, one event and not joined: over all pairs near in time and place."""
    known, older, newer = thresholds(), list(_older(data)), defaultdict(list)
    for number, account in _newer(data):
        newer[account.occurred_at.date()].append((number, account))
    right = wrong = missed = 0
    for number, account in older:
        for day in range(-2, 3):
            for other, seen in newer[account.occurred_at.date() + timedelta(days=day)]:
                found = match(account, seen, known)
                joins = found is not None and found.verdict is Verdict.joins
                right += joins and number == other
                wrong += joins and number != other
                missed += not joins and number == other
    return right, wrong, missed


def _older(data: Path) -> Iterator[Numbered]:
    with (data / "events/ucdp/ged_sample_1000_v231.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield int(float(row["id"])), _account("ucdp-23.1", row, row["date_start"][:10])


def _newer(data: Path) -> Iterator[Numbered]:
    for row in json.loads((data / "events/ucdp/ged251_events_sample.json").read_text(encoding="utf-8")):
        yield int(row["id"]), _account("ucdp-25.1", row, row["date"])


def _account(source: str, row: dict[str, Any], day: str) -> Account:
    kind = KINDS[int(float(row["type_of_violence"]))]
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    figures = {"deaths": {"best": float(row["best"])}}
    return Account(source, at, float(row["latitude"]), float(row["longitude"]), frozenset([kind]), "", figures)
