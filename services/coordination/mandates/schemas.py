"""Mandates as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose, Sensitivity, Slug, Themes, Tlp


class MandateState(StrEnum):
    """Where a mandate stands, by the clock."""

    pending = "pending"
    in_force = "in-force"
    ended = "ended"


class CeilingBody(Body):
    """The strictest label that may be released under a mandate. RED goes to named persons only, whatever stands here."""

    sensitivity: Sensitivity
    tlp: Tlp


class MandateBody(Body):
    """A mandate to put on record."""

    organization: Slug
    title: Line
    clause: Prose = Field(examples=["Charter for European Security (Istanbul 1999), paras. 4, 5 and 12"])
    themes: Themes = Field(min_length=1)
    countries: Countries = Field(min_length=1)
    functions: list[Line] = Field(default_factory=lambda: ["information-exchange"], max_length=50)
    ceiling: CeilingBody
    valid_from: AwareDatetime | None = Field(default=None, description="Left out: from now.")
    valid_until: AwareDatetime | None = Field(default=None, description="Left out: until it is ended.")
    label: LabelBody | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "MandateBody":
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValueError("valid_until must be after valid_from")
        return self


class CeilingOut(BaseModel):
    """The strictest label that may be released under a mandate."""

    model_config = ConfigDict(from_attributes=True)

    sensitivity: Sensitivity
    tlp: Tlp


class MandateOut(BaseModel):
    """A mandate."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organization: str
    title: str
    clause: str
    themes: list[str] = Field(validation_alias="covers_themes")
    countries: list[str] = Field(validation_alias="covers_countries")
    functions: list[str]
    ceiling: CeilingOut
    valid_from: datetime
    valid_until: datetime | None
    ended_at: datetime | None
    state: MandateState
    reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
