"""Engagements as they come in and go out."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose, Themes
from services.liaison.engagements.rules import Clash


class EngagementKind(StrEnum):
    """What kind of contact it is. An unplanned encounter is recorded by the Head after it happened."""

    meeting = "meeting"
    call = "call"
    visit = "visit"
    demarche = "demarche"
    mediation_session = "mediation-session"
    seminar = "seminar"
    unplanned_encounter = "unplanned-encounter"


class EngagementState(StrEnum):
    """The lifecycle: proposed > scheduled > held > reported, or suspended, or cancelled."""

    proposed = "proposed"
    scheduled = "scheduled"
    suspended = "suspended"
    held = "held"
    reported = "reported"
    cancelled = "cancelled"


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is not a time zone of the IANA database, like Asia/Ashgabat") from error


TimeZone = Annotated[str, Field(max_length=64, examples=["Asia/Ashgabat"]), AfterValidator(_known_zone)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code.", examples=["ru"])]


class EngagementPlan(Body):
    """What an engagement is about, with whom, when and where."""

    kind: EngagementKind
    title: Line
    parties: list[UUID] = Field(min_length=1, max_length=50)
    countries: Countries = Field(min_length=1)
    themes: Themes = Field(min_length=1)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    time_zone: TimeZone = "UTC"
    place: Line | None = Field(default=None, examples=["Dushanbe, Ministry of Foreign Affairs"])
    agenda: Prose | None = None
    delegation: list[Line] = Field(default_factory=list, max_length=50, description="Who goes for the Centre, by name.")
    interpreters: list[Line] = Field(default_factory=list, max_length=20)
    languages: list[Language] = Field(default_factory=list, max_length=10)
    contacts: list[UUID] = Field(default_factory=list, max_length=100, description="Persons of the register who attend.")

    @field_validator("ends_at")
    @classmethod
    def _after_its_beginning(cls, ends_at: datetime, info: ValidationInfo) -> datetime:
        if ends_at <= info.data.get("starts_at", ends_at - timedelta(1)):
            raise ValueError("must be after starts_at")
        return ends_at


class EngagementBody(EngagementPlan):
    """An engagement to propose; an unplanned encounter is recorded as held."""

    follows: UUID | None = Field(default=None, description="The engagement held before, which this one follows up.")
    label: LabelBody | None = None


class EngagementBrief(BaseModel):
    """An engagement in a few words."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    kind: EngagementKind
    title: str
    parties: list[UUID]
    starts_at: datetime
    ends_at: datetime
    state: EngagementState
    label: Label


class ConflictOut(EngagementBrief):
    """Another engagement that conflicts with this one. A warning: it forbids nothing."""

    because: list[Clash]


class AffectedOut(BaseModel):
    """What a withdrawal would do, as far as the caller may see it."""

    effective_at: datetime
    suspended: list[EngagementBrief]
    flagged: list[EngagementBrief]


class EngagementOut(EngagementBrief):
    """An engagement."""

    countries: list[str] = Field(validation_alias="subject_countries")
    themes: list[str] = Field(validation_alias="subject_themes")
    time_zone: str
    place: str | None
    agenda: str | None
    delegation: list[str]
    interpreters: list[str]
    languages: list[str]
    contacts: list[UUID]
    follows: UUID | None
    reason: str | None
    held_at: datetime | None
    held_after_withdrawal: bool = Field(description="A withdrawal recorded late took effect before it was held (R3).")
    concurrences: list[UUID]
    version: int
    created_at: datetime
    updated_at: datetime


class ScheduledOut(EngagementOut):
    """An engagement as it was scheduled, with the conflicts to be warned of."""

    conflicts: list[ConflictOut] = Field(default_factory=list)


class EngagementAttended(BaseModel):
    """An engagement the person is down for."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    kind: str
    title: str
    starts_at: datetime
    state: str
