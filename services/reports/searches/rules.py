"""What a kept search looks for, and where it stands; pure."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)
# Keys of accounts are made before they are committed: how far back a look reaches behind the last one.
OVERLAP: Final = timedelta(minutes=2)
# A person reads no more of what is new; a history that is imported must not fill the list.
MOST_AT_ONCE: Final = 200
# Between two looks of one search while accounts are coming.
PAUSE: Final = timedelta(seconds=3)


class SearchState(StrEnum):
    """Whether a search is looked after."""

    watching = "watching"
    paused = "paused"


def first_key_after(moment: datetime) -> UUID:
    """The smallest key that can have been made from `moment` on: a UUIDv7 begins with milliseconds since 1970 (RFC 9562)."""
    return UUID(int=(moment - EPOCH) // MILLISECOND << 80)
