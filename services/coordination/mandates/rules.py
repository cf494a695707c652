"""What a mandate covers, and when it is in force; pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

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


def state_at(valid_from: datetime, valid_until: datetime | None, ended_at: datetime | None, at: datetime | None = None) -> str:
    """`pending`, `in-force` or `ended` at a moment (now, when none is given). Lapse is judged by the clock."""
    moment = at or datetime.now(UTC)
    if ended_at is not None or (valid_until is not None and valid_until <= moment):
        return "ended"
    return "in-force" if valid_from <= moment else "pending"


def uncovered_themes(themes: frozenset[str], remit: Remit) -> frozenset[str]:
    """The themes that the mandate does not cover. A theme covers its sub-themes, written `theme.sub-theme`."""
    return frozenset(theme for theme in themes if theme not in remit.themes and theme.split(".")[0] not in remit.themes)
