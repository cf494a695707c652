"""What a mandate covers, when it is in force, and what was known of it then (R3); pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.moments import known
from contracts.vocabulary import Sensitivity, Tlp


@dataclass(frozen=True)
class Ceiling:
    """The strictest label that may be released under a mandate."""

    sensitivity: Sensitivity
    tlp: Tlp


@dataclass(frozen=True)
class Remit:
    """A mandate in force, as the release decision looks at it."""

    id: UUID
    title: str
    clause: str
    themes: frozenset[str]
    countries: frozenset[str]
    ceiling: Ceiling


@dataclass(frozen=True)
class Term:
    """When a mandate holds: from its first day to its last, or to the day it ended before that."""

    valid_from: datetime
    valid_until: datetime | None
    ended_from: datetime | None


@dataclass(frozen=True)
class Recorded:
    """One row of a mandate's history: true from `effective_at`, known since `recorded_at`."""

    recorded_at: datetime
    effective_at: datetime
    term: Term
    remit: Remit


def ends(term: Term) -> datetime | None:
    """From when on it covers nothing: its last day, or the day it ended; None while neither is set."""
    return min((each for each in (term.valid_until, term.ended_from) if each is not None), default=None)


def state_at(term: Term, at: datetime) -> str:
    """`pending`, `in-force` or `ended` at a moment. Lapse is judged by the clock."""
    end = ends(term)
    if end is not None and end <= at:
        return "ended"
    return "in-force" if term.valid_from <= at else "pending"


def remits_at(histories: Iterable[list[Recorded]], as_of: datetime, known_at: datetime) -> list[Remit]:
    """What the mandates with these histories covered at `as_of`, as known at `known_at` (R3)."""
    rows = [known(history, as_of, known_at) for history in histories]
    return [row.remit for row in rows if row is not None and state_at(row.term, as_of) == "in-force"]


def uncovered_themes(themes: frozenset[str], remit: Remit) -> frozenset[str]:
    """The themes that the mandate does not cover. A theme covers its sub-themes, written `theme.sub-theme`."""
    return frozenset(theme for theme in themes if theme not in remit.themes and theme.split(".")[0] not in remit.themes)
