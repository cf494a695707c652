"""Letters of a register of correspondence, with what is attached to them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from contracts.vocabulary import Body, Line, Prose
from services.liaison.correspondence.rules import safe_name
from services.liaison.correspondence.schemas import Direction, Language, LetterKind, LetterState
from services.liaison.handover.rules.records import LABEL, Below, Children, Digest, ExternalId, Found, Mapped, Record, Reference

# Fields that a record and a row have alike, and those that are days.
_PLAIN = ("direction", "kind", "their_reference", "subject", "summary", "language", "state", "reason")
_DAYS = ("dated_on", "handled_on", "reply_by")
_NAMED = {"party": "parties", "answers": "letters", "engagement": "engagements"}
PREFIXES = {Direction.incoming.value: "NVI", Direction.outgoing.value: "NVO"}
"""What our register's references of each direction begin with."""


class FileRecord(Body):
    """A file attached to a letter; its content is the package's attachment of that SHA-256."""

    name: Line
    media_type: Annotated[str, Field(max_length=200)]
    size: int = Field(ge=0)
    sha256: Digest


class LetterRecord(Record):
    """A letter as the giving office had registered it."""

    reference: Line | None = None
    direction: Direction
    kind: LetterKind
    party: ExternalId
    their_reference: Line | None = None
    subject: Line
    summary: Prose | None = None
    language: Language
    dated_on: date
    handled_on: date
    reply_by: date | None = None
    answers: ExternalId | None = None
    engagement: ExternalId | None = None
    state: LetterState
    reason: Prose | None = None
    files: list[FileRecord] = Field(default_factory=list, max_length=1_000)

    @model_validator(mode="after")
    def _makes_sense(self) -> "LetterRecord":
        if self.handled_on < self.dated_on:
            raise ValueError("handled_on must not be before dated_on")
        if len({each.sha256 for each in self.files}) < len(self.files):
            raise ValueError("the same file is attached once")
        return self


def references(record: LetterRecord) -> list[tuple[Reference, str]]:
    """From whom or to whom it is, what it answers, and the engagement it is about."""
    return [((kind, named), f"/{name}") for name, kind in _NAMED.items() if (named := getattr(record, name))]


def columns(record: LetterRecord, found: Found) -> dict[str, Any]:
    """The letter's row; its reference is given by our own register."""
    named = {name: found[kind, key] if (key := getattr(record, name)) else None for name, kind in _NAMED.items()}
    return record.model_dump(include={*_PLAIN, *_DAYS}) | named


def given(record: LetterRecord) -> dict[str, Any]:
    """Its old reference."""
    return record.model_dump(mode="json", include={"reference"}, exclude_none=True)


def children(key: UUID, row: dict[str, Any], record: LetterRecord, _: Found) -> Children:
    """The rows of its files, under the letter's label. What kind each is, is found out from its content when that is stored."""
    label = {name: row[name] for name in LABEL}
    files = [each.model_dump() | {"name": safe_name(each.name), "letter_id": key} | label for each in record.files]
    return {"files": files}


def record_of(letter: Any, below: Below) -> dict[str, Any]:
    """The record of a letter of ours."""
    named = {name: str(key) for name in _NAMED if (key := getattr(letter, name))}
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(letter, name))}
    files = [{name: getattr(each, name) for name in ("name", "media_type", "size", "sha256")} for each in below["files"]]
    plain = {name: getattr(letter, name) for name in (*_PLAIN, "reference")}
    return plain | named | days | {"files": files}


LETTERS = Mapped(LetterRecord, columns, references, given=given, children=children)
