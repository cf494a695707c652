"""Objectives and coverage as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Place, Prose, Theme
from services.coordination.framework.rules import CoverageState


class ObjectiveBody(Body):
    """An objective to set."""

    title: Line
    place: Place
    theme: Theme
    indicator_text: Prose | None = None
    label: LabelBody | None = None


class ObjectiveOut(BaseModel):
    """An objective of the framework."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    place: str
    theme: str
    indicator_text: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class CoverageCell(BaseModel):
    """A place and theme, what is aimed at there and who does something."""

    model_config = ConfigDict(from_attributes=True)

    place: str
    theme: str
    objectives: int
    activities: int
    organizations: list[str]
    state: CoverageState


class CoverageOut(BaseModel):
    """Place by theme by organization, and how many activities stand against no objective (R21)."""

    places: list[str]
    themes: list[str]
    cells: list[CoverageCell]
    unaligned: int
