"""Where records of each kind live in our own registers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from services.liaison.commitments.tables import Commitment
from services.liaison.concurrence.tables import Concurrence
from services.liaison.contacts.tables import Contact, Position
from services.liaison.engagements.tables import Engagement
from services.liaison.handover.rules import commitments, contacts, engagements, history, parties
from services.liaison.handover.rules.records import Mapped
from services.liaison.handover.tables import HandoverRecord
from services.liaison.parties.tables import Party, PartyVersion

# A contact that came without a review date is asked about soon (R4).
REVIEW_WITHIN: Final = timedelta(days=90)


@dataclass(frozen=True)
class Home:
    """The table of a kind, how a package's records become its rows, and the table of the rows below them."""

    table: type[Any]
    mapped: Mapped[Any]
    below: type[Any] | None = None
    prefix: str | None = None
    """Of the references that our own register gives, where it gives any."""


@dataclass(frozen=True)
class Export:
    """A register that is exported: its table, the record of a row, and the table and column of the rows below it."""

    table: type[Any]
    record_of: Callable[..., dict[str, Any]]
    below: type[Any] | None = None
    link: str = ""


RECORDS = Home(HandoverRecord, history.HISTORY)
HOMES = {
    "parties": Home(Party, parties.PARTIES, PartyVersion),
    "contacts": Home(Contact, contacts.CONTACTS, Position),
    "engagements": Home(Engagement, engagements.ENGAGEMENTS, prefix="ENG"),
    "commitments": Home(Commitment, commitments.COMMITMENTS, prefix="COM"),
}
EXPORTS = {
    "parties": Export(Party, parties.record_of),
    "contacts": Export(Contact, contacts.record_of, Position, "contact_id"),
    "engagements": Export(Engagement, engagements.record_of),
    "commitments": Export(Commitment, commitments.record_of),
    "concurrences": Export(Concurrence, history.concurrence_of),
}


def home_of(kind: str) -> Home:
    """The kind's own register, or the kept records."""
    return HOMES.get(kind, RECORDS)


def completed(table: type[Any], row: dict[str, Any], today: date) -> dict[str, Any]:
    """The row with what a register asks for and a package need not say."""
    if table is Contact and row["review_on"] is None:
        return row | {"review_on": today + REVIEW_WITHIN}
    return row
