"""Correspondence as it comes in and goes out."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Prose


class Direction(StrEnum):
    """Received or sent."""

    incoming = "in"
    outgoing = "out"


class LetterKind(StrEnum):
    """The forms of diplomatic correspondence."""

    note_verbale = "note-verbale"
    letter = "letter"
    aide_memoire = "aide-memoire"
    code_cable = "code-cable"


class LetterState(StrEnum):
    """Open while a reply is awaited."""

    open = "open"
    answered = "answered"
    closed = "closed"


class Language(StrEnum):
    """The languages a letter is written in here."""

    english = "en"
    russian = "ru"
    french = "fr"
    kazakh = "kk"
    kyrgyz = "ky"
    tajik = "tg"
    turkmen = "tk"
    uzbek = "uz"
    dari = "prs"
    pashto = "ps"


class LetterBody(Body):
    """A letter to register. `handled_on` is the day it was received or sent; a letter with `reply_by` stays open until answered."""

    direction: Direction
    kind: LetterKind = LetterKind.note_verbale
    party: UUID = Field(description="From whom, or to whom: a party of the register.")
    their_reference: Line | None = Field(None, description="The number the other side gave it.", examples=["No. 14/2-118"])
    subject: Line = Field(examples=["Concurrence to consultations on the use of pastures"])
    summary: Prose | None = None
    language: Language = Language.english
    dated_on: date
    handled_on: date
    reply_by: date | None = None
    answers: UUID | None = Field(None, description="The letter of the other direction to which this is the reply.")
    engagement: UUID | None = Field(None, description="The engagement it is about.")
    label: LabelBody | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "LetterBody":
        if self.handled_on < self.dated_on:
            raise ValueError("handled_on must not be before dated_on: nothing is received or sent before it is written")
        if self.reply_by and self.reply_by < self.dated_on:
            raise ValueError("reply_by must not be before dated_on")
        return self


class AttachmentOut(BaseModel):
    """A file attached to a letter; its content stands at `/v1/correspondence/{letter}/attachments/{id}/content`."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    media_type: str
    size: int = Field(description="Bytes.")
    sha256: str
    created_at: datetime


class LetterOut(BaseModel):
    """A letter of the register."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str = Field(examples=["NVO-2026-0017"])
    direction: Direction
    kind: LetterKind
    party: UUID
    their_reference: str | None
    subject: str
    summary: str | None
    language: Language
    dated_on: date
    handled_on: date
    reply_by: date | None
    answers: UUID | None
    engagement: UUID | None
    state: LetterState
    overdue: bool
    reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class LetterDetail(LetterOut):
    """A letter with its attachments and, if one is registered and may be seen, its reply."""

    attachments: list[AttachmentOut]
    answered_by: UUID | None
