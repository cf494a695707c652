"""When two accounts tell of one incident, and how accounts become what a reader sees: pure decisions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import asin, cos, floor, radians, sin, sqrt
from typing import Final, NamedTuple

from contracts.labels import Label, join
from contracts.vocabulary import CENTRE

# Reports of one event reach different offices up to two days apart and often bear the day of the report, not of the event.
WITHIN: Final = timedelta(hours=48)
# Sources place an event at the next village, post or district centre: about the size of a district.
WITHIN_KM: Final = 25.0
EARTH_RADIUS_KM: Final = 6371.0088
# Squares of 1 by 2 degrees: half of one is wider than WITHIN_KM up to 77 degrees north, so that an account and its
# neighbours within reach lie in the same square or in those towards the nearer corner. Beyond, incidents stay apart.
GRID_LATITUDE: Final = 1.0
GRID_LONGITUDE: Final = 2.0
GRID_ROW: Final = 1000
# A hair less than a degree of latitude has, so that rounding never makes a neighbour's square seem out of reach.
DEGREE_KM: Final = 111.0


class Account(NamedTuple):
    """What the forming of incidents looks at."""

    source: str
    occurred_at: datetime
    latitude: float
    longitude: float
    themes: frozenset[str]


def distance_km(a: Account, b: Account) -> float:
    """Great-circle distance (haversine) in kilometres."""
    north, south = radians(a.latitude), radians(b.latitude)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(a.longitude - b.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def tell_of_one_incident(a: Account, b: Account) -> bool:
    """True when accounts of two sources are near in time and place and share a theme (the same rule as actions' SQL)."""
    return (
        a.source != b.source
        and abs(a.occurred_at - b.occurred_at) <= WITHIN
        and bool(a.themes & b.themes)
        and distance_km(a, b) <= WITHIN_KM
    )


def grid_of(latitude: float, longitude: float) -> int:
    """The number of the square a point lies in."""
    # Moved to positive numbers after flooring: adding degrees first would round a point over the line it lies behind.
    row, column = floor(latitude / GRID_LATITUDE) + 180, floor(longitude / GRID_LONGITUDE) + 180
    return row * GRID_ROW + column


def squares_near(latitude: float, longitude: float) -> list[int]:
    """The square a point lies in, then those of its neighbours that reach within WITHIN_KM of it: at most four."""
    here = grid_of(latitude, longitude)
    rows = _steps(latitude / GRID_LATITUDE, GRID_LATITUDE * DEGREE_KM, GRID_ROW)
    # Towards the pole degrees of longitude are shorter: what counts is the shortest within reach.
    columns = _steps(longitude / GRID_LONGITUDE, GRID_LONGITUDE * DEGREE_KM * cos(radians(min(89.0, abs(latitude) + 0.5))), 1)
    return [here + row + column for row in rows for column in columns]


def _steps(position: float, width_km: float, step: int) -> tuple[int, ...]:
    """To nowhere, and to the neighbour whose edge is near, if any is."""
    within = position % 1.0
    if within < 0.5:
        return (0, -step) if within * width_km <= WITHIN_KM else (0,)
    return (0, step) if (1.0 - within) * width_km <= WITHIN_KM else (0,)


def join_labels(labels: Iterable[Label]) -> Label:
    """The join of labels: their originator's when they have one in common, else the Centre's, which put them together."""
    known = list(labels)
    originators = {label.originator for label in known}
    return join(known, originators.pop() if len(originators) == 1 else CENTRE)


def is_judged(reliability: str | None, credibility: int | None) -> bool:
    """True for a grade that judges something. F and 6 cannot be judged: together they support nothing, yet rank nowhere."""
    graded = reliability is not None and credibility is not None
    return graded and not (reliability == "F" and credibility == 6)
