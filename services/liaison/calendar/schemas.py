"""The calendar as it goes out."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import CalendarKind


class CalendarEntry(BaseModel):
    """An engagement from `starts_at` to `ends_at`, or what falls due on a `day`: an open commitment, a reply that is awaited."""

    model_config = ConfigDict(from_attributes=True)

    kind: CalendarKind = Field(description="The collection in which `id` is found.")
    id: UUID
    reference: str = Field(examples=["ENG-2026-0017"])
    form: str = Field(description="The kind of engagement or letter.", examples=["meeting"])
    title: str
    state: str = Field(examples=["scheduled"])
    reason: str | None = Field(description="Why it was suspended or cancelled.")
    starts_at: datetime | None
    ends_at: datetime | None
    day: date | None = Field(description="Set on what falls due; it has no times.")
    time_zone: str | None
    place: str | None
    countries: list[str]
    themes: list[str]
    version: int
    updated_at: datetime
    label: Label
