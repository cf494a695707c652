"""What is told of mandates inside coordination only."""

from dataclasses import dataclass
from datetime import datetime

from chassis.reactions import InternalEvent


@dataclass(frozen=True)
class MandatesNarrowed(InternalEvent):
    """Mandates of an organization cover less since a moment: what leaned on them is taken back (R15).

    `step` is what the record of a decision calls it. Told once for all of them, while the organization's row is locked alone.
    """

    organization: str
    since: datetime
    step: str
