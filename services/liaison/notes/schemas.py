"""Notes to file and readouts as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Prose
from services.liaison.notes.rules import NoteState, ReadoutState


class NoteStatement(Body):
    """One thing that was said or agreed."""

    text: Prose = Field(examples=["EXERCISE: the ministry would welcome a second meeting in June."])
    said_by: UUID | None = Field(default=None, description="The party that said it; left out, it is the Centre's own remark.")


class NoteText(Body):
    """What a note says."""

    title: Line
    statements: list[NoteStatement] = Field(min_length=1, max_length=200)


class NoteBody(NoteText):
    """A note to draft; confidential unless labelled otherwise."""

    engagement: UUID
    label: LabelBody | None = None


class NoteOut(BaseModel):
    """A note to file. A draft is seen by its author only."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    engagement: UUID
    title: str
    statements: list[NoteStatement]
    state: NoteState
    author: str
    filed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class ReadoutText(Body):
    """What a readout says."""

    title: Line
    text: Prose


class ReadoutBody(ReadoutText):
    """A readout to draft; unclassified and TLP:CLEAR unless labelled otherwise."""

    label: LabelBody | None = None


class ReadoutOut(BaseModel):
    """A readout: public once approved."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    note: UUID
    title: str
    text: str
    state: ReadoutState
    written_by: str
    approved_by: str | None
    approved_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
