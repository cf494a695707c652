"""Notes to file and their readouts. Drafts of notes are their authors' and stay behind: an office files them before it closes."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.vocabulary import Body, Line, Prose
from services.liaison.handover.rules.records import Below, ExternalId, Found, Mapped, Record, Reference
from services.liaison.notes.rules import NoteState, ReadoutState


class SaidRecord(Body):
    """One thing that was said; by nobody, it is the office's own remark."""

    text: Prose
    said_by: ExternalId | None = None


class NoteRecord(Record):
    """A note as the giving office had filed it."""

    reference: Line | None = None
    engagement: ExternalId
    title: Line
    statements: list[SaidRecord] = Field(min_length=1, max_length=200)
    state: Literal[NoteState.filed]
    author: Line
    filed_at: AwareDatetime


class ReadoutRecord(Record):
    """The public version of a note, or its draft."""

    note: ExternalId
    title: Line
    text: Prose
    state: ReadoutState
    written_by: Line
    approved_by: Line | None = None
    approved_at: AwareDatetime | None = None


def references(record: NoteRecord) -> list[tuple[Reference, str]]:
    """The engagement it is on, and who said what."""
    said = [(("parties", each.said_by), f"/statements/{n}/said_by") for n, each in enumerate(record.statements) if each.said_by]
    return [(("engagements", record.engagement), "/engagement"), *said]


def columns(record: NoteRecord, found: Found) -> dict[str, Any]:
    """The note's row; its reference is given by our own register."""
    return {
        "engagement": found["engagements", record.engagement],
        "title": record.title,
        "statements": [
            {"text": each.text, "said_by": str(found["parties", each.said_by]) if each.said_by else None} for each in record.statements
        ],
        "state": record.state.value,
        "author": record.author,
        "filed_at": record.filed_at,
    }


def given(record: NoteRecord) -> dict[str, Any]:
    """Its old reference."""
    return record.model_dump(mode="json", include={"reference"}, exclude_none=True)


def note_of(note: Any, _: Below) -> dict[str, Any]:
    """The record of a note of ours."""
    plain = {name: getattr(note, name) for name in ("reference", "title", "statements", "state", "author")}
    return plain | {"engagement": str(note.engagement), "filed_at": note.filed_at.isoformat()}


_TEXT = ("title", "text", "state", "written_by", "approved_by")


def readout_columns(record: ReadoutRecord, found: Found) -> dict[str, Any]:
    """The readout's row."""
    row = record.model_dump(include={*_TEXT, "approved_at"})
    return row | {"note": found["notes", record.note], "state": record.state.value}


def readout_of(readout: Any, _: Below) -> dict[str, Any]:
    """The record of a readout of ours."""
    approved = {"approved_at": readout.approved_at.isoformat()} if readout.approved_at else {}
    return {name: getattr(readout, name) for name in _TEXT} | approved | {"note": str(readout.note)}


NOTES = Mapped(NoteRecord, columns, references, given=given)
READOUTS = Mapped(ReadoutRecord, readout_columns, lambda record: [(("notes", record.note), "/note")])
