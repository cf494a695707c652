"""Kinds of efforts, and when one may be told of: pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# A clock's error; what is only planned is no effort yet.
AHEAD: Final = timedelta(hours=24)


class EffortKind(StrEnum):
    """What is done."""

    mediation = "mediation"
    dialogue = "dialogue"
    confidence_building = "confidence-building"
    early_warning = "early-warning"
    border_cooperation = "border-cooperation"
    capacity_building = "capacity-building"
    relief = "relief"
    other = "other"


def flaw_of_times(occurred_at: datetime, ends_at: datetime | None, at: datetime) -> tuple[str, str] | None:
    """Where and why the times of an effort do not hold at `at`."""
    if occurred_at > at + AHEAD:
        return "/occurred_at", "lies in the future: what is only planned is no effort yet"
    if ends_at is not None and ends_at < occurred_at:
        return "/ends_at", "lies before the beginning"
    return None
