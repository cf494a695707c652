"""Kept searches as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Body, Country, Credibility, Line, Reliability, Theme
from services.reports.searches.rules import SearchState


class SearchFilters(Body):
    """The filters of `GET /v1/incidents`, by the same names."""

    country: Country | None = None
    area: str | None = Field(default=None, max_length=10, description="ISO 3166-2.")
    region: str | None = Field(default=None, max_length=30)
    theme: Theme | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    source: str | None = Field(default=None, max_length=200)
    bbox: str | None = Field(default=None, max_length=100, description="west,south,east,north in degrees")
    q: str | None = Field(default=None, max_length=200)
    graded: bool | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None


class SearchBody(Body):
    """A search to keep, under a name."""

    title: Line = Field(examples=["Water in the Isfara basin"])
    filters: SearchFilters


class SearchOut(BaseModel):
    """A kept search."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    filters: SearchFilters
    state: SearchState = Field(description="paused: your access changed since you opened it last; opening it lets it go on.")
    unseen: int = Field(description="How many of the incidents it found you have not seen and may read.")
    looked_at: datetime
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
