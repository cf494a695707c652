"""Concurrences as they come in and go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Country, Line, Prose, Themes
from services.liaison.concurrence.rules import Basis, ConcurrenceState, Standing
from services.liaison.parties.schemas import PartyKind

EXAMPLE: JsonDict = {
    "country": "TJK",
    "party_kinds": ["other-party"],
    "themes": ["border"],
    "valid_from": "2027-01-01T00:00:00Z",
    "valid_until": "2027-12-31T00:00:00Z",
    "basis": "note-verbale",
    "carried_by": "NV/2026/114",
    "conditions": "Without publicity; the Ministry is told of the outcome.",
}


class ConcurrenceBody(Body):
    """A request to a Government."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    country: Country
    parties: list[UUID] = Field(default_factory=list, max_length=50, description="Parties by id.")
    party_kinds: list[PartyKind] = Field(
        default_factory=list, validate_default=True, description="Whole kinds of parties: a standing concurrence for a class."
    )
    themes: Themes = Field(min_length=1)
    valid_from: AwareDatetime
    valid_until: AwareDatetime
    basis: Basis
    conditions: Prose | None = None
    carried_by: Line | None = Field(
        default=None,
        description="The note verbale that carries the request. In the form of our register (NVO-2026-0017) it must be there.",
        examples=["NV/2026/114"],
    )
    confirm_by: AwareDatetime | None = Field(
        default=None, description="Oral only: unconfirmed by then it lapses. 14 days from the request when left out."
    )
    term_ends: AwareDatetime | None = Field(
        default=None, description="No-objection only: silence until then grants it. Without a term an answer is needed."
    )
    label: LabelBody | None = None

    @field_validator("party_kinds")
    @classmethod
    def _somebody(cls, kinds: list[PartyKind], info: ValidationInfo) -> list[PartyKind]:
        if not kinds and not info.data.get("parties", ["unreadable"]):
            raise ValueError("name at least one party, or a kind of parties")
        return kinds

    @field_validator("valid_until")
    @classmethod
    def _after_its_beginning(cls, until: datetime, info: ValidationInfo) -> datetime:
        if until <= info.data.get("valid_from", until - timedelta(1)):
            raise ValueError("must be after valid_from")
        return until

    @field_validator("basis")
    @classmethod
    def _of_whoever_gives_it(cls, basis: Basis, info: ValidationInfo) -> Basis:
        if info.data.get("country") == "AFG" and basis is not Basis.no_objection:
            raise ValueError("for AFG the no-objection of UNAMA stands in: the basis is no-objection")
        return basis

    @field_validator("confirm_by", "term_ends")
    @classmethod
    def _of_its_basis(cls, date: datetime | None, info: ValidationInfo) -> datetime | None:
        basis = Basis.oral if info.field_name == "confirm_by" else Basis.no_objection
        if date is not None and info.data.get("basis", basis) is not basis:
            raise ValueError(f"goes with the basis {basis} only")
        return date


class Grant(Body):
    """What the Government concurred to. What is left out is granted as asked; a grant narrows and never widens.

    Parties named take the place of the kinds asked for, unless kinds are named, too.
    """

    answered_by: Line | None = Field(default=None, description="The note verbale that carries the answer.", examples=["NV-TJ/88"])
    parties: list[UUID] | None = Field(default=None, min_length=1, max_length=50, description="Of those asked for, or of a kind asked for.")
    party_kinds: list[PartyKind] | None = Field(default=None, min_length=1)
    themes: Themes | None = Field(default=None, min_length=1)
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    conditions: Prose | None = Field(default=None, description="Added to the conditions asked for.")


class Confirmation(Body):
    """The note that confirms what was said orally."""

    answered_by: Line = Field(examples=["NV-TJ/91"])


class Withdrawal(Body):
    """A Government takes its concurrence back."""

    reason: Prose = Field(examples=["By the note verbale of 3 May."])
    effective_at: AwareDatetime | None = Field(
        default=None, description="From when on; now when left out. Of what was held after it, each is flagged and none rewritten."
    )


class ConcurrenceOut(BaseModel):
    """A concurrence. `state` is what was recorded last, `standing` what the clock makes of it at the moment asked about."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    country: str
    given_by: Literal["government", "unama"]
    parties: list[UUID]
    party_kinds: list[str]
    themes: list[str] = Field(validation_alias="subject_themes")
    valid_from: datetime
    valid_until: datetime
    ends_at: datetime = Field(description="From when on it covers nothing: its last day, its withdrawal, or its lapse.")
    basis: Basis
    conditions: str | None
    carried_by: str | None
    answered_by: str | None
    confirm_by: datetime | None
    confirmed_at: datetime | None
    term_ends: datetime | None
    state: ConcurrenceState
    standing: Standing
    reason: str | None
    granted_at: datetime | None
    declined_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_from: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


@dataclass(frozen=True)
class ConcurrenceFilters:
    """What narrows the list."""

    state: ConcurrenceState | None = None
    country: Country | None = None
    party: UUID | None = None
