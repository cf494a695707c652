"""Persons named in observations as they go out, and marks as they come in."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Body, Line
from services.reports.names.rules import MarkState, Role, Rule
from services.reports.persons.rules import PersonState


class StandingOut(BaseModel):
    """Where words stand, in characters (Unicode code points)."""

    model_config = ConfigDict(from_attributes=True)

    field: Literal["title", "text"]
    start: int
    end: int


class PersonOut(BaseModel):
    """Words that name a person, by rule or by a person's word."""

    model_config = ConfigDict(from_attributes=True)

    words: str
    role: Role
    rule: Rule = Field(description="By which rule they were found; `marked` when a person marked them.")
    state: PersonState = Field(description="`found` by rule: withheld outside like `confirmed`. `dismissed`: no name, and shown.")
    mark: UUID | None = Field(description="The decision of a person, to confirm or dismiss (`/v1/persons/{id}`).")
    marked_by: str | None
    version: int | None = Field(description="Of the mark.")
    places: list[StandingOut]


class MarkBody(Body):
    """What a person decides of words that stand in an observation."""

    words: Line = Field(examples=["Rahimov S."])
    role: Role = Role.other
    state: MarkState = MarkState.confirmed


class RoleBody(Body):
    """In which role a person is named; left out, the role stays."""

    role: Role | None = None


class MarkOut(BaseModel):
    """A decision on words of an observation. It holds for corrected versions where the words still stand."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    observation: UUID = Field(validation_alias="observation_id")
    words: str
    role: Role
    state: MarkState
    marked_by: str
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label = Field(description="Of the observation it was made in.")


class NamesShownOut(BaseModel):
    """That names were taken out in a file: by whom, when, why."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    operation: str
    shown_by: str
    reason: str
    created_at: datetime
    label: Label
