"""Efforts as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Country, Credibility, Line, Prose, Reliability, Theme, Themes
from services.reports.efforts.rules import EffortKind


class EffortBody(Body):
    """What is being done, by whom, where, against what."""

    kind: EffortKind
    title: Line = Field(examples=["Joint water commission meets in Isfara"])
    text: Prose | None = None
    actors: list[Line] = Field(min_length=1, max_length=20, examples=[["District councils of Batken and Isfara"]])
    countries: Countries = Field(min_length=1)
    themes: Themes = Field(min_length=1)
    occurred_at: AwareDatetime = Field(description="When it was seen to go on: its freshness is counted from here (R11).")
    ends_at: AwareDatetime | None = None
    incidents: list[UUID] = Field(default_factory=list, max_length=50, description="What it answers to.")
    label: LabelBody | None = None


class EffortEdit(EffortBody):
    """The effort as it is known now. A grade is of what was said before, and goes."""

    reason: Line | None = Field(default=None, description="Needed to lower the label.")


class EffortFilters(BaseModel):
    """What a reader asks of efforts."""

    country: Country | None = None
    theme: Theme | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    incident: UUID | None = None
    q: str | None = Field(default=None, max_length=200, description="Words in title or text.")


class EffortOut(BaseModel):
    """An effort. Reference and grade are the Centre's, and null outside it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str | None
    kind: EffortKind
    title: str
    text: str | None
    actors: list[str]
    countries: list[str]
    themes: list[str]
    occurred_at: datetime
    ends_at: datetime | None
    incidents: list[UUID] = Field(description="Those of them that you may read.")
    source: str
    reliability: Reliability | None
    credibility: Credibility | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
