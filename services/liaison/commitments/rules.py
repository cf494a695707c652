"""What a commitment is worth on a day, pure."""

from datetime import date, timedelta
from enum import StrEnum


class CommitmentState(StrEnum):
    """What was recorded last; whether it is due or overdue the calendar says."""

    open = "open"
    met = "met"
    cancelled = "cancelled"


class CommitmentStanding(StrEnum):
    """The recorded state as the calendar judges it."""

    open = "open"
    due = "due"
    overdue = "overdue"
    met = "met"
    cancelled = "cancelled"


REMINDED = timedelta(days=7)
"""How long before its day a commitment counts as due."""


def standing(state: CommitmentState, due_on: date, today: date) -> CommitmentStanding:
    """What it is worth `today` (UTC). It may be met on its day; overdue is the day after."""
    if state is not CommitmentState.open:
        return CommitmentStanding(state.value)
    if due_on < today:
        return CommitmentStanding.overdue
    return CommitmentStanding.due if due_on <= today + REMINDED else CommitmentStanding.open
