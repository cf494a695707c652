"""Triage as it goes out and comes in."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Body, Line, Prose
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.schemas import IncidentOut
from services.reports.triage.rules import DecisionKind

AT_ONCE = 200
TrustLevel = Literal["high", "medium", "low"]
Language = Literal["en", "ru", "kk", "ky", "tg", "tk", "uz", "fa", "ps", "zh", "ar", "fr", "es"]


class UrgencyOut(BaseModel):
    """Why it is urgent: points, as a whole and part by part."""

    model_config = ConfigDict(from_attributes=True)

    score: float = Field(examples=[61.5])
    parts: dict[str, float] = Field(
        examples=[{"severity": 24.5, "theme": 16, "place": 15, "single_source": 5, "trust": 10, "age": -9}]
    )  # fmt: skip


class TriageOut(BaseModel):
    """An incident that needs a person: how urgent, how far its feeds are trusted, who works on it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID = Field(description="The incident's.")
    incident: IncidentOut
    urgency: UrgencyOut
    trust: TrustLevel = Field(description="Of the least trusted feed that tells of it.")
    waiting: int = Field(description="Accounts that nobody has looked at, from feeds of low trust.")
    claimed_by: str | None
    claimed_at: datetime | None
    label: Label


class TriagePage(BaseModel):
    """The inbox, most urgent first."""

    items: list[TriageOut]
    next: str | None = None
    complete: bool = Field(description="False when more needs a person than is looked at: the newest 2,000 of each kind were.")


class TriageDecisionOut(BaseModel):
    """Discarded or restored, by whom and why."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: DecisionKind
    reason: str
    decided_by: str
    created_at: datetime


class TranslationOut(BaseModel):
    """A person's translation of what a source said. It is not the source's word."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    observation_id: UUID
    language: Language
    title: str
    text: str | None
    translated_by: str
    created_at: datetime


class TriageDetail(TriageOut):
    """One incident with what people decided of it, newest first, and the last translation of each account in each language."""

    held_back: HeldBack | None
    decisions: list[TriageDecisionOut]
    translations: list[TranslationOut]


class WhyDiscarded(Body):
    """Why an incident is discarded or restored."""

    reason: Line = Field(examples=["A drill, announced the day before."])


class ClaimSeveral(Body):
    """Incidents that are taken on at once."""

    incidents: list[UUID] = Field(min_length=1, max_length=AT_ONCE)


class DiscardSeveral(ClaimSeveral):
    """Incidents that are discarded at once, for one reason."""

    reason: Line = Field(examples=["Test messages of the feed."])


class TriageRefusal(BaseModel):
    """Why one of them was refused, as its own request would be."""

    type: str
    title: str
    status: int
    detail: str


class TriageOutcome(BaseModel):
    """What came of one of them."""

    id: UUID
    done: bool
    problem: TriageRefusal | None


class TriageOutcomes(BaseModel):
    """What came of each, in the order they were named."""

    items: list[TriageOutcome]


class TranslationBody(Body):
    """A translation of an account's title and text."""

    language: Language = Field(examples=["en"])
    title: Line = Field(examples=["Shots at the canal gate near Vorukh"])
    text: Prose | None = None
