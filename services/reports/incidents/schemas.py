"""Incidents and observations as they go out, and grades as they come in."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Body, Credibility, Line, Reliability
from services.reports.incidents.rules import HeldBack, MoveKind, SuggestionState

ABOUT_COMPLETE = "False when more than 10,000 accounts fit: the newest 10,000 were counted."


class Bucket(StrEnum):
    """How wide a step of a timeline is; weeks begin on Monday, all in UTC."""

    day = "day"
    week = "week"
    month = "month"


class Grade(Body):
    """Reliability of the source and credibility of the information: two judgements, never merged."""

    reliability: Reliability
    credibility: Credibility = Field(description="1 confirmed … 5 improbable; 6 cannot be judged, which is no rank.")
    reason: Line | None = None


class Figure(BaseModel):
    """A count as its source gave it."""

    best: float | None = None
    low: float | None = None
    high: float | None = None


class ObservationOut(BaseModel):
    """What one source said. Grade and incident are the Centre's, and null outside it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    external_id: str
    feed: str
    source: str
    incident: UUID | None
    occurred_at: datetime
    country: str | None = Field(description="As its source says or its coordinates show; null when undetermined between `located`.")
    located: list[str] = Field(description="One country, or those between which it is undetermined: the UN does not attribute territory.")
    area: str | None = Field(description="As its source says.")
    area_code: str | None = Field(description="ISO 3166-2.", examples=["TJ-SU"])
    zone: str | None = Field(description="The enclave or disputed stretch it lies in (`GET /v1/places`).")
    regions: list[str] = Field(description="Valleys, basins and border pairs.")
    latitude: float | None
    longitude: float | None
    themes: list[str]
    theme_words: dict[str, list[str]] = Field(description="Where rules named the themes, since the source named none: by which words.")
    title: str
    text: str | None
    language: str | None = Field(description="As its source says, else as its words show.")
    detected_language: str | None = Field(description="What its words show, where its source says nothing.")
    figures: dict[str, dict[str, float | int | None]]
    held_back: HeldBack | None = Field(description="Why it is not listed: it waits for a person, or one discarded it.")
    reliability: Reliability | None
    credibility: Credibility | None
    supersedes: UUID | None
    superseded_by: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class IncidentOut(BaseModel):
    """An incident as the accounts you may read tell it; other readers may see more or less of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str | None = Field(description="Null outside the Centre.")
    title: str
    occurred_at: datetime
    country: str | None
    countries: list[str]
    area: str | None
    area_code: str | None
    zone: str | None
    regions: list[str]
    latitude: float | None
    longitude: float | None
    themes: list[str]
    observations: int
    sources: list[str]
    corroborated: bool = Field(description="More than one source tells of it.")
    held_back: HeldBack | None = Field(description="Why it is not listed; null as soon as one of its accounts is.")
    reliability: Reliability | None
    credibility: Credibility | None
    graded: bool
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class MatchOut(BaseModel):
    """How well two accounts fit: 0 to 1, as a whole and part by part."""

    score: float
    parts: dict[str, float] = Field(examples=[{"time": 0.9, "place": 0.8, "themes": 1.0, "words": 0.6}])


class AccountOut(BaseModel):
    """One source's account: its figures stand beside the others' and are never summed (R6)."""

    model_config = ConfigDict(from_attributes=True)

    observation: ObservationOut
    source: str
    figures: dict[str, dict[str, float | int | None]]
    mentions: int = Field(description="How many articles mention it (`/observations/{id}/mentions`); only what is coded from news has any.")
    matched: MatchOut | None = Field(description="Why it joined this incident by itself; null for the first, and where a person decided.")
    reliability: Reliability | None
    credibility: Credibility | None


class IncidentDetail(IncidentOut):
    """An incident with its accounts, the first told first."""

    accounts: list[AccountOut]


class Point(BaseModel):
    """GeoJSON point, WGS 84."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Feature(BaseModel):
    """A cell of the map with the number of incidents in it."""

    type: Literal["Feature"] = "Feature"
    geometry: Point
    properties: dict[str, Any] = Field(examples=[{"cell": "8428309ffffffff", "count": 3, "themes": {"border": 3}}])


class IncidentMap(BaseModel):
    """GeoJSON of incidents by H3 cell."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    complete: bool = Field(default=True, description=ABOUT_COMPLETE)
    features: list[Feature]


class FacetValue(BaseModel):
    """How many incidents fit that have an account which says so."""

    value: str
    count: int


class IncidentFacets(BaseModel):
    """Incidents that fit, counted by what their accounts say."""

    total: int
    complete: bool = Field(description=ABOUT_COMPLETE)
    facets: dict[str, list[FacetValue]] = Field(
        description="By country, area, region, theme, source, reliability, credibility and graded; a value is a filter of that name.",
        examples=[{"country": [{"value": "TJK", "count": 3}]}],
    )


class TimelineStep(BaseModel):
    """A step of time in which incidents occurred."""

    begins: datetime
    count: int


class IncidentTimeline(BaseModel):
    """Incidents that fit, counted by when they occurred; steps that hold none are left out."""

    bucket: Bucket
    complete: bool = Field(description=ABOUT_COMPLETE)
    steps: list[TimelineStep]


class MergeIncidents(Body):
    """Which incident becomes part of this one, and why."""

    other: UUID
    reason: Line = Field(examples=["Both tell of the clash at the spring."])


class SplitIncident(Body):
    """Which accounts tell of something else, and why."""

    observations: list[UUID] = Field(min_length=1, max_length=200)
    reason: Line = Field(examples=["The second account is of the day after."])


class Why(Body):
    """Why a regrouping is undone, or a suggestion dismissed."""

    reason: Line = Field(examples=["Two villages of one name."])


class WhyOne(Body):
    """Why a suggested merge is accepted, in the person's own words; it may be left out."""

    reason: Line | None = None


class SuggestionOut(MatchOut):
    """Two incidents that may be one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    incident_id: UUID
    other_id: UUID
    state: SuggestionState
    decided_by: str | None
    reason: str | None
    created_at: datetime


class MoveOut(BaseModel):
    """A merge or split by a person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: MoveKind
    incident_id: UUID = Field(description="Where the accounts went.")
    other_id: UUID = Field(description="Where they came from.")
    reason: str
    moved_by: str
    created_at: datetime
    undone_at: datetime | None
    undone_by: str | None
    undo_reason: str | None
