"""Activities as they come in and go out."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Country, Line, Place, Slug, Themes

AreaCode = Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$", examples=["TJ-SU"], description="ISO 3166-2")]


class ActivityStatus(StrEnum):
    """How far an activity is; a cancelled one covers nothing."""

    planned = "planned"
    ongoing = "ongoing"
    completed = "completed"
    cancelled = "cancelled"


class ActivityBody(Body):
    """An activity to record. The same external_id of the same organization again changes the record it made before."""

    external_id: Line
    title: Line
    organization: Slug | None = Field(default=None, description="Left out by a country team: itself.")
    country: Country | None = None
    place: Place | None = Field(default=None, description="Where it is wider than one country; left out, the country.")
    area: AreaCode | None = None
    themes: Themes = Field(min_length=1)
    objective: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    status: ActivityStatus = ActivityStatus.ongoing
    label: LabelBody | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "ActivityBody":
        if self.country is None and self.place is None:
            raise ValueError("name a country or a place")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on must not be before starts_on")
        return self


class Alignment(Body):
    """The objective an activity is set against; null sets it against none."""

    objective: UUID | None


class ActivityOut(BaseModel):
    """An activity."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    external_id: str
    title: str
    organization: str
    country: str | None
    place: str
    area: str | None
    themes: list[str] = Field(validation_alias="activity_themes")
    objective: UUID | None
    starts_on: date | None
    ends_on: date | None
    status: ActivityStatus
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
