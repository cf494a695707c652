"""Screening as it goes in and out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.labels import Label
from contracts.vocabulary import Reason

SubjectType = Literal["contact", "party"]


@dataclass(frozen=True)
class Subject:
    """Who is to be met: a contact or a party of the register."""

    type: SubjectType
    id: UUID


class ScreeningState(StrEnum):
    """What became of a resemblance; lapsed: the list says something else now, or nothing."""

    pending = "pending"
    cleared = "cleared"
    confirmed = "confirmed"
    lapsed = "lapsed"


class Confirmation(Reason):
    """It is the listed one. The Centre may still have to meet them: the Head says so."""

    may_be_met: bool = False


class ScreeningOut(BaseModel):
    """A resemblance. `explanation` says by what, and how many words were alike."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    subject_type: SubjectType
    subject_id: UUID
    subject_name: str | None = Field(description="As the register has it now.")
    data_id: str
    reference: str
    listed_name: str
    score: int
    explanation: dict[str, Any]
    state: ScreeningState
    may_be_met: bool
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class SanctionsListOut(BaseModel):
    """Which version of the list is held. Without one nobody is screened."""

    source: Literal["configured", "not configured"]
    held: bool
    generated_at: datetime | None = None
    received_at: datetime | None = None
    received_from: str | None = None
    age_days: int | None = Field(default=None, description="Since it was generated.")
    sha256: str | None = None
    individuals: int = 0
    entities: int = 0


class ScreeningHeld(BaseModel):
    """A resemblance to a listed name that is kept on the person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    listed_name: str
    state: str
    reason: str | None
    decided_at: datetime | None
