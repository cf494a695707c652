"""Contacts as they come in and go out."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["tg"], description="BCP 47.")]


class ChannelKind(StrEnum):
    """How a person is reached."""

    phone = "phone"
    email = "email"
    messenger = "messenger"
    address = "address"
    web = "web"


class ContactState(StrEnum):
    """Where a contact stands. A restricted one waits for the review that was not answered (R4)."""

    active = "active"
    restricted = "restricted"
    merged = "merged"
    erased = "erased"


class Channel(Body):
    """One way to reach a person."""

    kind: ChannelKind
    value: Line = Field(examples=["+992 37 221 18 05"])


class PositionBody(Body):
    """A position: at a party of the register, or at an organization that is not in it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"organization": "Basin Organization", "title": "Deputy Head", "valid_from": "2025-03-01"}]}
    )

    party: UUID | None = None
    organization: Line | None = None
    title: Line = Field(examples=["First Deputy Minister"])
    valid_from: date
    valid_until: date | None = Field(default=None, description="The first day on which it is not held any more.")

    @model_validator(mode="after")
    def _makes_sense(self) -> "PositionBody":
        if (self.party is None) == (self.organization is None):
            raise ValueError("name either party or organization")
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until must be after valid_from")
        return self


class PersonBody(Body):
    """What is kept on a person."""

    name: Line = Field(description="In the original script.", examples=["Сироҷиддин Муҳриддин"])
    latin_name: Line | None = Field(default=None, description="Left out, the name is transliterated.", examples=["Sirojiddin Muhriddin"])
    other_names: list[Line] = Field(default_factory=list, max_length=20)
    languages: list[Language] = Field(default_factory=list, max_length=20)
    channels: list[Channel] = Field(default_factory=list, max_length=30)
    countries: Countries = Field(default_factory=list)
    notes: Prose | None = None
    purpose: Prose = Field(description="Why the person is kept (data protection).", examples=["Interlocutor on water sharing"])
    label: LabelBody | None = None


class ContactBody(PersonBody):
    """A person to enter."""

    review_on: date | None = Field(default=None, description="By when somebody asks whether the purpose still holds: in a year.")
    positions: list[PositionBody] = Field(default_factory=list, max_length=30)
    confirmed_distinct_from: list[UUID] = Field(default_factory=list, max_length=100, description="Contacts that are other persons.")


class ContactEdit(PersonBody):
    """A person as the register shall say from now on."""

    reason: Prose | None = Field(default=None, description="Needed to lower the label.")


class ReviewBody(Body):
    """The answer to a review: the purpose still holds."""

    purpose: Prose | None = Field(default=None, description="When it is another one now.")
    review_on: date | None = Field(default=None, description="Left out: in a year.")


class MergeBody(Body):
    """Which record the person goes on under."""

    into: UUID


class PositionOut(BaseModel):
    """A position as it was known."""

    id: UUID
    contact: UUID
    party: UUID | None
    organization: str = Field(description="The name of the party, or of the organization that is not in the register.")
    title: str
    valid_from: date
    valid_until: date | None
    recorded_at: datetime
    recorded_by: str


class PositionList(BaseModel):
    """Positions, newest first."""

    items: list[PositionOut]


class ContactOut(BaseModel):
    """A contact. `merged_into` points at the record the person goes on under."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: ContactState
    name: str
    latin_name: str
    other_names: list[str]
    languages: list[str]
    channels: list[Channel]
    countries: list[str]
    notes: str | None
    purpose: str
    positions: list[PositionOut] = Field(description="Those held today.")
    review_on: date
    reviewed_at: datetime | None
    merged_into: UUID | None
    merged_from: list[UUID] = Field(description="Records found to be this person.")
    erased_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class IssuedCopy(BaseModel):
    """A file that was given out with a person in it: by which operation, to whom, when. The audit trail holds the rest (R17)."""

    model_config = ConfigDict(from_attributes=True)

    operation: str = Field(examples=["downloadContactsCsv"])
    actor: str
    organization: str
    at: datetime
    request_id: str


class IssuedCopies(BaseModel):
    """All files that were given out with a person in them, oldest first."""

    items: list[IssuedCopy]


class ErasedContact(ContactOut):
    """What is left of an erased person, and the copies that are out: sealed, and not called back by the erasure (R4)."""

    issued_copies: list[IssuedCopy]


class FocalPoints(BaseModel):
    """Who holds a position at a party."""

    items: list[ContactOut]


class RecordedPosition(PositionOut):
    """A row of the history of a position, as it is exported."""

    void: bool


class MergerOut(BaseModel):
    """A merger, as it is exported."""

    model_config = ConfigDict(from_attributes=True)

    merged: UUID = Field(validation_alias="merged_id")
    survivor: UUID = Field(validation_alias="survivor_id")
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None


class RowResult(BaseModel):
    """What became of one row of a file."""

    row: int = Field(description="Counted from 1; the header of a CSV is row 1.")
    state: Literal["entered", "refused"]
    id: UUID | None = None
    reasons: list[str] = Field(default_factory=list)
    duplicates: list[UUID] = Field(default_factory=list)


class ImportOut(BaseModel):
    """What became of a file, row by row. A refused row leaves nothing behind, its neighbours are kept."""

    received: int
    entered: int
    refused: int
    rows: list[RowResult]
