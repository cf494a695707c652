"""Objectives as they come in and go out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Place, Prose, Theme


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
