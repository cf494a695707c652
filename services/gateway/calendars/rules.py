"""What a feed shows: no more than its maker may read now, and no more than its ceiling; pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from chassis.principal import Principal
from contracts.vocabulary import CALENDAR_FEED, Sensitivity

BEFORE, SHOWN = timedelta(days=30), timedelta(days=395)
"""A feed begins a month ago, so that what was cancelled or moved is struck out, and goes on for a year."""
HIGHEST = Sensitivity.confidential


def highest_ceiling(access: Sensitivity) -> Sensitivity:
    """The highest ceiling a feed of somebody with `access` may have: nothing strictly confidential lies on a telephone."""
    return min(access, HIGHEST, key=lambda each: each.rank)


def narrowed(principal: Principal, ceiling: Sensitivity) -> Principal:
    """The maker of a feed as whom it is read: their rights of this moment, capped, and for the calendar only.

    The added role forbids what the others permit (services/liaison/calendar/policy.cedar).
    """
    access = min(principal.access, ceiling, key=lambda each: each.rank)
    return principal.model_copy(update={"access": access, "roles": principal.roles | {CALENDAR_FEED}})


def query_of(kinds: Sequence[str], countries: Sequence[str], today: datetime) -> str:
    """What of the calendar a feed asks for."""
    begins = today.replace(hour=0, minute=0, second=0, microsecond=0) - BEFORE
    window = [("from", begins.isoformat()), ("until", (begins + SHOWN).isoformat())]
    return urlencode([*window, *(("kind", kind) for kind in kinds), *(("country", country) for country in countries)])
