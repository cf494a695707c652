"""Calendar feeds as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import Body, CalendarKind, Countries, Line, Sensitivity


class CalendarFeedBody(Body):
    """A feed to make. What it shows is what its maker may read at that moment, up to `ceiling`."""

    name: Line = Field(description="Where it will be read, to know it again.", examples=["Telephone"])
    ceiling: Sensitivity = Field(default=Sensitivity.unclassified, description="Never strictly confidential.", examples=["unclassified"])
    kinds: list[CalendarKind] = Field(default_factory=list, max_length=3, description="Left out: all.")
    countries: Countries = Field(default_factory=list, description="Left out: all.")


class CalendarFeedOut(BaseModel):
    """A feed, without its address."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: str = Field(description="Whose calendar it shows.")
    name: str
    ceiling: Sensitivity
    kinds: list[CalendarKind]
    countries: list[str]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class CalendarFeedCreated(CalendarFeedOut):
    """A feed with its address, shown this once: whoever has it reads the calendar."""

    url: str = Field(examples=["https://goodoffices.example/v1/calendar-feeds/….ics"])
