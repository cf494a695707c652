"""When a feed is silent (R7): pure decisions."""

import random
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LONGEST_PAUSE: Final = timedelta(hours=6)


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


def next_pull(at: datetime, every_minutes: int) -> datetime:
    """When a feed is fetched again: after its interval, a twentieth sooner or later, so that feeds do not march in step."""
    return at + timedelta(minutes=every_minutes) * random.uniform(0.95, 1.05)  # noqa: S311 - jitter is no secret


def retry_at(at: datetime, failures: int) -> datetime:
    """When to try again after `failures` in a row: doubling from a minute to six hours, half of it by chance."""
    pause = min(LONGEST_PAUSE, timedelta(minutes=1) * 2.0 ** min(failures - 1, 30))
    return at + pause * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret
