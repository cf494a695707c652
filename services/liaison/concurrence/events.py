"""What is told of concurrences inside liaison only."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from chassis.reactions import InternalEvent


@dataclass(frozen=True)
class ConcurrenceEnded(InternalEvent):
    """A concurrence ended at `since`, withdrawn or let lapse: what leans on it is suspended (R2).

    Whoever suspends an engagement adds it to `suspended`: the published event, which comes after,
    names them.
    """

    id: UUID
    reference: str
    country: str
    withdrawn: bool
    since: datetime
    suspended: list[UUID] = field(default_factory=list)
