"""When an initiative is asked about, and what comes next (R20); pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """A step of encouragement, by its dates."""

    recorded_at: datetime
    due_on: date | None
    done_on: date | None


def next_step_on(steps: Iterable[Pace]) -> date | None:
    """The earliest date among the steps that are not done."""
    return min((step.due_on for step in steps if step.done_on is None and step.due_on is not None), default=None)


def is_asked_about(recorded_at: datetime, steps: Iterable[Pace], term_days: int, now: datetime) -> bool:
    """True when neither a step was taken or planned nor the initiative recorded within the term before `now`."""
    moments = [recorded_at, *(_latest(step) for step in steps)]
    return max(moments) < now - timedelta(days=term_days)


def _latest(step: Pace) -> datetime:
    if step.done_on is None:
        return step.recorded_at
    done_at = datetime(step.done_on.year, step.done_on.month, step.done_on.day, tzinfo=UTC)
    return max(step.recorded_at, done_at)
