"""When a feed is silent (R7): pure decisions."""

from datetime import datetime, timedelta
from enum import StrEnum


class FeedState(StrEnum):
    """What the clock says of a feed."""

    ok = "ok"
    silent = "silent"
    waiting = "waiting"
    not_configured = "not configured"


def feed_state(configured: bool, last: datetime | None, since: datetime, interval_minutes: int, at: datetime) -> FeedState:
    """The state at `at` of a feed that exists `since` and was last heard of at `last` (R7).

    A feed that never spoke is waited for during one interval; after that its silence is an alarm like any other.
    """
    if not configured:
        return FeedState.not_configured
    overdue = at > (last or since) + timedelta(minutes=interval_minutes)
    if overdue:
        return FeedState.silent
    return FeedState.ok if last else FeedState.waiting


def resets_clock(received: int, rejected: int) -> bool:
    """True when a delivery counts as a sign of life: any accepted one, even empty or all duplicates (R7)."""
    return received == 0 or rejected < received
