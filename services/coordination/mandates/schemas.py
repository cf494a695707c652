"""Mandates as they come in and go out."""

from dataclasses import dataclass
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


class EndBody(Body):
    """A mandate ends."""

    reason: Prose = Field(examples=["The charter was changed on 3 May."])
    effective_at: AwareDatetime | None = Field(
        default=None,
        description="From when on; now when left out. What was delivered after it is recalled and flagged, and nothing of it rewritten.",
    )


class CorrectionBody(Body):
    """What should have been recorded, from the mandate's first day on; what is left out stays.

    An organization whose mandate changes is given another one: end this one on that day, and declare what follows it.
    """

    reason: Prose = Field(examples=["The resolution names article 4 only."])
    title: Line | None = None
    clause: Prose | None = None
    themes: Themes | None = Field(default=None, min_length=1)
    countries: Countries | None = Field(default=None, min_length=1)
    functions: list[Line] | None = Field(default=None, max_length=50)
    ceiling: CeilingBody | None = None
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = Field(default=None, description="null: until it is ended.")

    @model_validator(mode="after")
    def _corrects(self) -> "CorrectionBody":
        if self.model_fields_set <= {"reason"}:
            raise ValueError("name what is corrected")
        if any(getattr(self, name) is None for name in self.model_fields_set - {"valid_until"}):
            raise ValueError("leave out what stays; null is for valid_until only")
        return self


class CeilingOut(BaseModel):
    """The strictest label that may be released under a mandate."""

    model_config = ConfigDict(from_attributes=True)

    sensitivity: Sensitivity
    tlp: Tlp


class MandateOut(BaseModel):
    """A mandate; `state` is what the clock makes of it at the moment asked about."""

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
    ended_at: datetime | None = Field(description="When its end was recorded; null when only its term ran out.")
    ended_from: datetime | None = Field(description="From when on it was ended.")
    ends_at: datetime | None = Field(description="From when on it covers nothing: its last day, or its end before that.")
    state: MandateState
    reason: str | None = Field(description="Why it ended.")
    corrected_at: datetime | None
    corrected_because: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


@dataclass(frozen=True)
class MandateFilters:
    """What narrows the list."""

    organization: Slug | None = None
    state: MandateState | None = None
