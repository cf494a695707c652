"""When two accounts tell of one incident, and how accounts become what a reader sees: pure decisions."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from math import asin, cos, floor, radians, sin, sqrt
from typing import Any, Final, NamedTuple
from uuid import UUID

from anyascii import anyascii
from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import fuzz

from contracts.labels import Label, join
from contracts.vocabulary import CENTRE, COUNTRIES

# As far as squares are searched: what is matched (adapters/matching.json) must lie within.
REACH_KM: Final = 25.0
EARTH_RADIUS_KM: Final = 6371.0088
# Squares of 1 by 2 degrees: half of one is wider than REACH_KM up to 77 degrees north, so that an account and its
# neighbours within reach lie in the same square or in those towards the nearer corner. Beyond, incidents stay apart.
GRID_LATITUDE: Final = 1.0
GRID_LONGITUDE: Final = 2.0
GRID_ROW: Final = 1000
MANY_SQUARES: Final = 100
# A hair less than a degree of latitude has, so that rounding never makes a neighbour's square seem out of reach.
DEGREE_KM: Final = 111.0


class Thresholds(BaseModel):
    """How accounts are matched: reach, what each part weighs, and from which score on they join or are suggested.

    Reports of one event reach different offices up to two days apart and often bear the day of the report; sources place it
    at the next village, post or district centre, about the size of a district.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    within_hours: float = Field(gt=0, le=168)
    within_km: float = Field(gt=0, le=REACH_KM)
    same_hours: float = Field(ge=0, description="Up to here times count as one.")
    same_km: float = Field(ge=0, description="Up to here places count as one.")
    weights: dict[str, float] = Field(examples=[{"time": 0.2, "place": 0.35, "themes": 0.2, "figures": 0.05}])
    words_from: float = Field(description="Titles less alike than this say nothing, since sources word things their own way.")
    words_to: float = Field(description="Titles as alike as this lift the score by `words_lift` of what it lacks.")
    words_lift: float = Field(ge=0, le=1)
    join: float = Field(gt=0, le=1)
    suggest: float = Field(gt=0, le=1)

    @property
    def within(self) -> timedelta:
        """Reach in time."""
        return timedelta(hours=self.within_hours)


class Account(NamedTuple):
    """What the matching looks at."""

    source: str
    occurred_at: datetime
    latitude: float
    longitude: float
    themes: frozenset[str]
    title: str = ""
    figures: Mapping[str, Mapping[str, float | None]] = {}


class Verdict(StrEnum):
    """What follows from a score."""

    joins = "joins"
    suggested = "suggested"
    apart = "apart"


class MoveKind(StrEnum):
    """How a person regroups accounts."""

    merged = "merge"
    split_off = "split"


class SuggestionState(StrEnum):
    """What became of a suggested merge."""

    open = "open"
    accepted = "accepted"
    dismissed = "dismissed"


class Match(NamedTuple):
    """How well two accounts fit, part by part (each 0 to 1; what neither tells is left out), and what follows."""

    score: float
    parts: dict[str, float]
    verdict: Verdict

    def told(self) -> dict[str, Any]:
        """As it is kept and shown."""
        return {"score": round(self.score, 3), "parts": {name: round(value, 3) for name, value in self.parts.items()}}


class Pair(NamedTuple):
    """A new observation, the incident it would open, and one that it may tell of instead."""

    own: UUID
    external_id: str
    incident: UUID
    match: Match


def distance_km(a: Account, b: Account) -> float:
    """Great-circle distance (haversine) in kilometres."""
    north, south = radians(a.latitude), radians(b.latitude)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(a.longitude - b.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def match(a: Account, b: Account, known: Thresholds) -> Match | None:
    """How well accounts of two sources fit; None for one source, or out of reach in time or place."""
    hours = abs((a.occurred_at - b.occurred_at).total_seconds()) / 3600
    if a.source == b.source or hours > known.within_hours:
        return None
    km = distance_km(a, b)
    if km > known.within_km:
        return None
    parts = {
        "time": _nearness(hours, known.same_hours, known.within_hours),
        "place": _nearness(km, known.same_km, known.within_km),
    }
    if a.themes and b.themes:
        parts["themes"] = len(a.themes & b.themes) / min(len(a.themes), len(b.themes))
    if (alike := _figures_alike(a, b)) is not None:
        parts["figures"] = alike
    score = sum(known.weights[name] * value for name, value in parts.items()) / sum(known.weights[name] for name in parts)
    if a.title and b.title:
        parts["words"] = _words_alike(a.title, b.title)
        certainty = (parts["words"] - known.words_from) / (known.words_to - known.words_from)
        score += (1 - score) * known.words_lift * min(1.0, max(0.0, certainty))
    return Match(score, parts, _verdict(score, parts, known))


def _nearness(distance: float, same: float, within: float) -> float:
    """1 up to `same`, falling to 0 at `within`."""
    return 1.0 if distance <= same else (within - distance) / (within - same)


def _verdict(score: float, parts: Mapping[str, float], known: Thresholds) -> Verdict:
    """Accounts with no theme in common, or of which one has none, are never joined without a person."""
    if score >= known.join and parts.get("themes", 0.0) > 0:
        return Verdict.joins
    return Verdict.suggested if score >= known.suggest else Verdict.apart


def _words_alike(a: str, b: str) -> float:
    """Titles in one script, word by word whatever their order (rapidfuzz): «Исфара» and "Isfara" are one."""
    return fuzz.token_sort_ratio(anyascii(a).casefold(), anyascii(b).casefold()) / 100


def _figures_alike(a: Account, b: Account) -> float | None:
    """The smaller over the larger best count, averaged over what both count; None when they count nothing in common."""
    both = [(_best(a, name), _best(b, name)) for name in a.figures.keys() & b.figures.keys()]
    told = [(x, y) for x, y in both if x is not None and y is not None]
    return sum((min(x, y) + 1) / (max(x, y) + 1) for x, y in told) / len(told) if told else None


def _best(account: Account, name: str) -> float | None:
    return account.figures[name].get("best")


def settle(pairs: Iterable[Pair]) -> list[Pair]:
    """What becomes of candidates, best first: an observation joins one incident, an incident takes one account of a source.

    Of those that do not join, the best that is good enough is suggested; a contested place becomes a suggestion, too.
    """
    settled: list[Pair] = []
    placed: set[UUID] = set()
    taken: set[UUID] = set()
    ranked = sorted(pairs, key=lambda pair: (-pair.match.score, str(pair.incident), str(pair.own)))
    for pair in ranked:
        if pair.match.verdict is Verdict.joins and pair.own not in placed and pair.incident not in taken:
            placed.add(pair.own)
            taken.add(pair.incident)
            settled.append(pair)
    for pair in ranked:
        if pair.match.verdict is not Verdict.apart and pair.own not in placed:
            placed.add(pair.own)
            settled.append(pair._replace(match=pair.match._replace(verdict=Verdict.suggested)))
    return settled


def grid_of(latitude: float, longitude: float) -> int:
    """The number of the square a point lies in."""
    # Moved to positive numbers after flooring: adding degrees first would round a point over the line it lies behind.
    row, column = floor(latitude / GRID_LATITUDE) + 180, floor(longitude / GRID_LONGITUDE) + 180
    return row * GRID_ROW + column


def squares_between(low: tuple[float, float], high: tuple[float, float]) -> list[int]:
    """The squares of a box from its south-west to its north-east corner, as latitude and longitude; none when they are over 100."""
    first, last = grid_of(*low), grid_of(*high)
    rows = range(first // GRID_ROW, last // GRID_ROW + 1)
    columns = range(first % GRID_ROW, last % GRID_ROW + 1)
    return [row * GRID_ROW + column for row in rows for column in columns] if len(rows) * len(columns) <= MANY_SQUARES else []


def squares_near(latitude: float, longitude: float) -> list[int]:
    """The square a point lies in, then those of its neighbours that reach within REACH_KM of it: at most four."""
    here = grid_of(latitude, longitude)
    rows = _steps(latitude / GRID_LATITUDE, GRID_LATITUDE * DEGREE_KM, GRID_ROW)
    # Towards the pole degrees of longitude are shorter: what counts is the shortest within reach.
    columns = _steps(longitude / GRID_LONGITUDE, GRID_LONGITUDE * DEGREE_KM * cos(radians(min(89.0, abs(latitude) + 0.5))), 1)
    return [here + row + column for row in rows for column in columns]


def _steps(position: float, width_km: float, step: int) -> tuple[int, ...]:
    """To nowhere, and to the neighbour whose edge is near, if any is."""
    within = position % 1.0
    if within < 0.5:
        return (0, -step) if within * width_km <= REACH_KM else (0,)
    return (0, step) if (1.0 - within) * width_km <= REACH_KM else (0,)


def join_labels(labels: Iterable[Label]) -> Label:
    """The join of labels: their originator's when they have one in common, else the Centre's, which put them together."""
    known = list(labels)
    originators = {label.originator for label in known}
    return join(known, originators.pop() if len(originators) == 1 else CENTRE)


def audiences_seen(countries: Iterable[str]) -> list[int]:
    """Every audience (tables.AUDIENCE) that a reader for `countries` may belong to; what is labelled with no country is for all."""
    mine = sum(1 << n for n, country in enumerate(COUNTRIES) if country in countries)
    return [each for each in range(1 << len(COUNTRIES)) if not each or each & mine]


def is_judged(reliability: str | None, credibility: int | None) -> bool:
    """True for a grade that judges something. F and 6 cannot be judged: together they support nothing, yet rank nowhere."""
    graded = reliability is not None and credibility is not None
    return graded and not (reliability == "F" and credibility == 6)
