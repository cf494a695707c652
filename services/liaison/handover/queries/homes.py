"""Where records of each kind live in our own registers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import true

from services.liaison.commitments.tables import Commitment
from services.liaison.concurrence.tables import Concurrence, ConcurrenceRecord
from services.liaison.contacts.tables import Contact, Merger, Position
from services.liaison.correspondence.tables import Attachment, Letter
from services.liaison.engagements.tables import Engagement
from services.liaison.handover.rules import commitments, contacts, engagements, history, letters, notes, parties
from services.liaison.handover.rules.records import Below, Mapped
from services.liaison.handover.tables import HandoverRecord
from services.liaison.notes.rules import NoteState
from services.liaison.notes.tables import NoteToFile, Readout
from services.liaison.parties.tables import Party, PartyVersion

# A contact that came without a review date is asked about soon (R4).
REVIEW_WITHIN: Final = timedelta(days=90)


@dataclass(frozen=True)
class Home:
    """The table of a kind, how a package's records become its rows, and the tables of the rows below them."""

    table: type[Any]
    mapped: Mapped[Any]
    below: dict[str, type[Any]] = field(default_factory=dict)
    prefix_of: Callable[[dict[str, Any]], str] | None = None
    """Of the references that our own register gives, where it gives any."""


@dataclass(frozen=True)
class Under:
    """A table of rows below those of a register: the column that names their row, and in what order they were added."""

    table: type[Any]
    link: str
    order: str = "seq"


@dataclass(frozen=True)
class Export:
    """A register that is exported: its table, the record of a row, the tables below it, and what ties its records together."""

    table: type[Any]
    record_of: Callable[[Any, Below], dict[str, Any]]
    below: dict[str, Under] = field(default_factory=dict)
    ties: type[Any] | None = None
    tie: Callable[[list[dict[str, Any]], Iterable[Any]], None] = field(default=lambda *_: None)
    only: Any = field(default_factory=true)


RECORDS = Home(HandoverRecord, history.HISTORY)
HOMES = {
    "parties": Home(Party, parties.PARTIES, {"versions": PartyVersion}),
    "contacts": Home(Contact, contacts.CONTACTS, {"positions": Position, "mergers": Merger}),
    "engagements": Home(Engagement, engagements.ENGAGEMENTS, prefix_of=lambda _: "ENG"),
    "commitments": Home(Commitment, commitments.COMMITMENTS, prefix_of=lambda _: "COM"),
    "letters": Home(Letter, letters.LETTERS, {"files": Attachment}, lambda row: letters.PREFIXES[row["direction"]]),
    "notes": Home(NoteToFile, notes.NOTES, prefix_of=lambda _: "NTF"),
    "readouts": Home(Readout, notes.READOUTS),
}
EXPORTS = {
    "parties": Export(Party, parties.record_of, {"versions": Under(PartyVersion, "party_id")}),
    "contacts": Export(Contact, contacts.record_of, {"positions": Under(Position, "contact_id")}, ties=Merger, tie=contacts.tie_mergers),
    "engagements": Export(Engagement, engagements.record_of),
    "commitments": Export(Commitment, commitments.record_of),
    "letters": Export(Letter, letters.record_of, {"files": Under(Attachment, "letter_id", "id")}),
    "notes": Export(NoteToFile, notes.note_of, only=NoteToFile.state == NoteState.filed),
    "readouts": Export(Readout, notes.readout_of),
    "concurrences": Export(Concurrence, history.concurrence_of, {"history": Under(ConcurrenceRecord, "id", "version")}),
}


def home_of(kind: str) -> Home:
    """The kind's own register, or the kept records."""
    return HOMES.get(kind, RECORDS)


def completed(table: type[Any], row: dict[str, Any], today: date) -> dict[str, Any]:
    """The row with what a register asks for and a package need not say."""
    if table is Contact and row["review_on"] is None:
        return row | {"review_on": today + REVIEW_WITHIN}
    return row
