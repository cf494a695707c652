"""Commitments as they come in and go out."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Line, Prose
from services.liaison.commitments.rules import CommitmentStanding, CommitmentState


class CommitmentBody(Body):
    """A promise to record. The side that is left out is the Centre."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "promised_by": "01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e",
                    "text": "EXERCISE: to send the list of participants.",
                    "due_on": "2027-03-16",
                }
            ]
        }
    )

    engagement: UUID | None = Field(default=None, description="The engagement it comes from.")
    promised_by: UUID | None = Field(default=None, description="A party; left out, the Centre.")
    promised_to: UUID | None = Field(default=None, validate_default=True, description="A party; left out, the Centre.")
    text: Prose = Field(examples=["EXERCISE: to send the list of participants."])
    due_on: date
    label: LabelBody | None = None

    @field_validator("promised_to")
    @classmethod
    def _somebody_else(cls, promised_to: UUID | None, info: ValidationInfo) -> UUID | None:
        if "promised_by" in info.data and info.data["promised_by"] == promised_to:
            raise ValueError("nobody promises to themselves: name a party on one side, or two parties")
        return promised_to


class Fulfilment(Body):
    """How a commitment was met."""

    remark: Line | None = None


class CommitmentOut(BaseModel):
    """A commitment. `state` is what was recorded last, `standing` what the calendar makes of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    engagement: UUID | None
    promised_by: UUID | None
    promised_to: UUID | None
    text: str
    due_on: date
    state: CommitmentState
    standing: CommitmentStanding
    reason: str | None
    closed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
