"""Concurrences as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Country, Prose, Themes
from services.liaison.parties.schemas import PartyKind


class Basis(StrEnum):
    """What a concurrence rests on. UNAMA's no-objection stands in for AFG."""

    note_verbale = "note-verbale"
    oral = "oral"
    no_objection = "no-objection"


class ConcurrenceState(StrEnum):
    """Where a concurrence stands; lapse is judged by the clock and is no state."""

    requested = "requested"
    granted = "granted"
    declined = "declined"
    withdrawn = "withdrawn"


class ConcurrenceBody(Body):
    """A request to a Government."""

    country: Country
    parties: list[UUID] = Field(default_factory=list, max_length=50, description="Parties by id.")
    party_kinds: list[PartyKind] = Field(default_factory=list, description="Whole kinds of parties: a standing concurrence for a class.")
    themes: Themes = Field(min_length=1)
    valid_from: AwareDatetime
    valid_until: AwareDatetime
    basis: Basis
    conditions: Prose | None = None
    label: LabelBody | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "ConcurrenceBody":
        if self.valid_until <= self.valid_from:
            raise ValueError("valid_until must be after valid_from")
        if not self.parties and not self.party_kinds:
            raise ValueError("name at least one party, or a kind of parties")
        return self


class ConcurrenceOut(BaseModel):
    """A concurrence."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    country: str
    parties: list[UUID]
    party_kinds: list[str]
    themes: list[str] = Field(validation_alias="subject_themes")
    valid_from: datetime
    valid_until: datetime
    basis: Basis
    conditions: str | None
    state: ConcurrenceState
    reason: str | None
    granted_at: datetime | None
    declined_at: datetime | None
    withdrawn_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
