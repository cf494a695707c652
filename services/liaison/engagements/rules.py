"""The lifecycle of an engagement, and what two engagements do to one another, pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    # A suspended engagement is scheduled again by an act of its own; a new grant never resumes anything by itself (R2).
    "schedule": ("scheduled", ("proposed", "suspended")),
    "hold": ("held", ("scheduled",)),
    "report": ("reported", ("held",)),
    "cancel": ("cancelled", ("proposed", "scheduled", "suspended")),
}
EDITABLE = ("proposed", "scheduled", "suspended")
NEAR = timedelta(days=7)
"""Two talks with the same interlocutor within a week of one another are one talk too many, or should know of one another."""


class Clash(StrEnum):
    """Why two engagements conflict."""

    same_interlocutor = "same-interlocutor"
    double_booked = "double-booked"


@dataclass(frozen=True)
class Plan:
    """What conflicts are judged by."""

    interlocutors: frozenset[UUID]
    delegation: frozenset[str]
    starts_at: datetime
    ends_at: datetime


def is_allowed(step: str, state: str) -> bool:
    """True when `step` starts from `state`."""
    return state in STEPS[step][1]


def clashes(one: Plan, other: Plan) -> Sequence[Clash]:
    """Why `one` and `other` conflict: two teams at one interlocutor in a week, or one of us at two places at once."""
    found = []
    is_one_team = bool(one.delegation & other.delegation)
    is_near = one.starts_at - NEAR <= other.starts_at <= one.starts_at + NEAR
    if one.interlocutors & other.interlocutors and is_near and not is_one_team:
        found.append(Clash.same_interlocutor)
    if is_one_team and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
        found.append(Clash.double_booked)
    return found
