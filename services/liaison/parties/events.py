"""What is told of parties inside liaison only."""

from dataclasses import dataclass
from uuid import UUID

from chassis.reactions import InternalEvent


@dataclass(frozen=True)
class PartyCountriesChanged(InternalEvent):
    """A party that was of the countries `before` is of others now.

    Other States may be concerned by talks with it (R1).
    """

    id: UUID
    before: frozenset[str]
