"""Engagements as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Themes


class EngagementKind(StrEnum):
    """What kind of contact it is. Unplanned encounters are recorded by the Head, in a later release."""

    meeting = "meeting"
    call = "call"
    visit = "visit"
    demarche = "demarche"
    mediation_session = "mediation-session"
    seminar = "seminar"


class EngagementState(StrEnum):
    """The lifecycle: proposed > scheduled > held > reported, or suspended, or cancelled."""

    proposed = "proposed"
    scheduled = "scheduled"
    suspended = "suspended"
    held = "held"
    reported = "reported"
    cancelled = "cancelled"


class EngagementBody(Body):
    """An engagement to propose."""

    kind: EngagementKind
    title: Line
    parties: list[UUID] = Field(min_length=1, max_length=50)
    countries: Countries = Field(min_length=1)
    themes: Themes = Field(min_length=1)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    label: LabelBody | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "EngagementBody":
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at must be after starts_at")
        return self


class EngagementOut(BaseModel):
    """An engagement."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    kind: EngagementKind
    title: str
    parties: list[UUID]
    countries: list[str] = Field(validation_alias="subject_countries")
    themes: list[str] = Field(validation_alias="subject_themes")
    starts_at: datetime
    ends_at: datetime
    state: EngagementState
    reason: str | None
    held_at: datetime | None
    concurrences: list[UUID]
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
