"""R3, pure: what was true on one day, as it was known on another. Registers that keep every record answer by this rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from pydantic import AwareDatetime


class Recorded(Protocol):
    """One row of a history: true from `effective_at`, known since `recorded_at`."""

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def effective_at(self) -> datetime: ...


Row = TypeVar("Row", bound=Recorded)


@dataclass(frozen=True)
class Moment:
    """Bitemporal: what was true at `as_of`, as known at `known_at`. One left out takes the other; both left out is now."""

    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None

    def both(self, clock: datetime) -> tuple[datetime, datetime] | None:
        """Both moments; None when the present is asked about."""
        if self.as_of is None and self.known_at is None:
            return None
        return self.as_of or self.known_at or clock, self.known_at or clock


def known(history: Iterable[Row], as_of: datetime, known_at: datetime) -> Row | None:
    """What was true at `as_of`, as known at `known_at` (R3): of what had been recorded by then and had taken effect, the last word."""
    told = [each for each in history if each.recorded_at <= known_at and each.effective_at <= as_of]
    return max(told, key=lambda each: each.recorded_at, default=None)
