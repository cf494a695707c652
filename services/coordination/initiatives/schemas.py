"""Initiatives as they come in and go out."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose, Slug, Themes

# An initiative without a step for this many days is asked about (R20), unless another term is set for it.
TERM_DAYS = 60


class InitiativeBody(Body):
    """An initiative of another organization to track."""

    title: Line
    owner: Slug
    countries: Countries = Field(min_length=1)
    themes: Themes = Field(min_length=1)
    state: Line = Field(description="In its owner's words.", examples=["second round announced"])
    ask_after_days: int = Field(default=TERM_DAYS, ge=1, le=3650)
    label: LabelBody | None = None


class StepBody(Body):
    """A step of encouragement, planned or taken; `state` brings the initiative up to what its owner says of it."""

    text: Prose
    due_on: date | None = None
    done_on: date | None = None
    state: Line | None = None


class StepDone(Body):
    """When a planned step was taken; left out, today."""

    done_on: date | None = None


class EncouragementOut(BaseModel):
    """A step of encouragement."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    text: str
    due_on: date | None
    done_on: date | None
    by: str
    at: datetime


class InitiativeOut(BaseModel):
    """An initiative."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    owner: str
    countries: list[str] = Field(validation_alias="subject_countries")
    themes: list[str] = Field(validation_alias="subject_themes")
    state: str
    ask_after_days: int
    steps: list[EncouragementOut]
    next_step_on: date | None
    asked_about: bool
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
