"""What needs a person first: urgency in points, each of them explained. Pure decisions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import log
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

DAY: Final = timedelta(days=1)
PAIR: Final = 7  # "KGZ-TJK"


class Claims(StrEnum):
    """Whose claims a reader of the inbox asks for."""

    mine = "mine"
    nobody = "nobody"


class DecisionKind(StrEnum):
    """What a person decided of an incident, besides its grade."""

    discarded = "discarded"
    restored = "restored"


class Points(BaseModel):
    """How urgency is counted (adapters/urgency.json), in points."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    window_days: int = Field(gt=0, description="What occurred before so many days needs nobody by itself; what waits, at any age.")
    severity: float = Field(description="At `worst` or more.")
    worst: float = Field(gt=0, description="In deaths.")
    figures: dict[str, float] = Field(description="What each counts in deaths; figures that are not named count nothing.")
    themes: dict[str, float] = Field(description="Of several the most urgent counts; a sub-theme counts like its theme.")
    zone: float = Field(description="It lies in an enclave or disputed stretch.")
    border: float = Field(description="It lies between countries, or within 25 km of a border of the region.")
    single_source: float
    trust: dict[str, float] = Field(description="By the least trusted of the feeds: the less we trust it, the sooner somebody looks.")
    per_day: float = Field(description="What each day that passes takes away.")


class Told(NamedTuple):
    """What urgency looks at in one account."""

    source: str
    trust: str
    occurred_at: datetime
    figures: Mapping[str, Mapping[str, float | None]]
    themes: Sequence[str]
    located: Sequence[str]
    zone: str | None
    regions: Sequence[str]


class Urgency(NamedTuple):
    """Points as a whole and part by part; `rank` puts the same in an order that does not change as time passes."""

    score: float
    parts: dict[str, float]
    rank: float


def urgency(accounts: Sequence[Told], known: Points, at: datetime) -> Urgency:
    """How urgent an incident is at `at`, by the accounts its reader may read. Figures of two sources are never summed (R6).

    Every incident loses the same each day, so that the order of two never turns: `rank` counts up to the day instead.
    """
    occurred = max(each.occurred_at for each in accounts)
    parts = {
        "severity": known.severity * _severity(accounts, known),
        "theme": max((_of_theme(theme, known) for each in accounts for theme in each.themes), default=0.0),
        "place": _of_place(accounts, known),
        "single_source": known.single_source if len({each.source for each in accounts}) == 1 else 0.0,
        "trust": max(known.trust[each.trust] for each in accounts),
    }
    worth = sum(parts.values())
    parts["age"] = -known.per_day * max(0.0, (at - occurred) / DAY)
    return Urgency(max(0.0, worth + parts["age"]), parts, worth + known.per_day * occurred.timestamp() / DAY.total_seconds())


def _severity(accounts: Iterable[Told], known: Points) -> float:
    """0 to 1, by the gravest figure that any source gives: the tenth death adds less than the first."""
    counts = [known.figures.get(name, 0.0) * _most(figure) for each in accounts for name, figure in each.figures.items()]
    return min(1.0, log(1 + max(counts, default=0.0)) / log(1 + known.worst))


def _most(figure: Mapping[str, float | None]) -> float:
    """The best estimate, or the highest where there is none."""
    best = figure.get("best")
    return float((figure.get("high") or 0.0) if best is None else best)


def _of_theme(theme: str, known: Points) -> float:
    return known.themes.get(theme.split(".", 1)[0], 0.0)


def _of_place(accounts: Iterable[Told], known: Points) -> float:
    """Nobody attributes a zone, and what happens at a border concerns two countries."""
    if any(each.zone for each in accounts):
        return known.zone
    is_shared = any(len(each.located) > 1 or any(_is_pair(region) for region in each.regions) for each in accounts)
    return known.border if is_shared else 0.0


def _is_pair(region: str) -> bool:
    return len(region) == PAIR and region[3] == "-" and region.isupper()


def is_asked(asked: Claims | None, claimed_by: str | None, me: str) -> bool:
    """Whether an incident that `claimed_by` works on is among those that are asked for."""
    return asked is None or claimed_by == (me if asked is Claims.mine else None)


def least(trusts: Iterable[str]) -> str:
    """The least of some trust levels."""
    return max(trusts, key=("high", "medium", "low").index)
