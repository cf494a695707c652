"""Where records of each kind live in our own registers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.liaison.concurrence.tables import Concurrence
from services.liaison.engagements.tables import Engagement
from services.liaison.handover.rules import engagements, history, parties
from services.liaison.handover.rules.records import Mapped
from services.liaison.handover.tables import HandoverRecord
from services.liaison.parties.tables import Party

Export = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Home:
    """The table of a kind, and how a package's records become its rows."""

    table: type[Any]
    mapped: Mapped[Any]


RECORDS = Home(HandoverRecord, history.HISTORY)
HOMES = {"parties": Home(Party, parties.PARTIES), "engagements": Home(Engagement, engagements.ENGAGEMENTS)}
# What is exported, in this order: a kind's table and the record of one of its rows.
EXPORTS: dict[str, tuple[type[Any], Export]] = {
    "parties": (Party, parties.record_of),
    "engagements": (Engagement, engagements.record_of),
    "concurrences": (Concurrence, history.concurrence_of),
}


def home_of(kind: str) -> Home:
    """The kind's own register, or the kept records."""
    return HOMES.get(kind, RECORDS)
