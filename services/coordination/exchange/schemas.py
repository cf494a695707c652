"""Packages, decisions and standing orders as they come in and go out."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.labels import Label
from contracts.vocabulary import Body, Prose, Slug
from services.coordination.exchange.rules import CheckOutcome, Outcome

ItemKey = Annotated[
    str,
    Field(
        pattern=r"^[a-z-]{2,32}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        examples=["report:0198c5e2-6d2e-7c3a-9d55-0a1f6a1a2b3c"],
        description="<type>:<id>",
    ),
]


class Series(StrEnum):
    """A series that a standing order can name: a kind of report."""

    situation_report = "situation-report"
    flash = "flash"
    weekly = "weekly"
    thematic = "thematic"
    early_warning_note = "early-warning-note"
    council_briefing_input = "council-briefing-input"
    joint_assessment = "joint-assessment"


class PackageState(StrEnum):
    """proposed > queued > delivered > acknowledged, or refused, or revoked before delivery, or recalled after it."""

    proposed = "proposed"
    queued = "queued"
    delivered = "delivered"
    acknowledged = "acknowledged"
    refused = "refused"
    revoked = "revoked"
    recalled = "recalled"


UNDELIVERED = (PackageState.proposed, PackageState.queued)
RECEIVED = (PackageState.delivered, PackageState.acknowledged)
LIVE = (*UNDELIVERED, *RECEIVED)


class OrderState(StrEnum):
    """Where a standing order stands."""

    active = "active"
    ended = "ended"


class PackageItem(BaseModel):
    """What a package is made of. Outside the Centre id and reference are null: gaps in them tell."""

    type: str
    id: UUID | None
    reference: str | None
    title: str | None


class PackageStatement(BaseModel):
    """A statement of a package; its evidence stays inside."""

    kind: str
    text: str
    likelihood: str | None = None
    confidence: str | None = None
    evidence_count: int = 0


class PackageSection(BaseModel):
    """A section of a package, marked."""

    title: str
    label: Label
    statements: list[PackageStatement]


class PackageContent(BaseModel):
    """What the recipient gets, or would get."""

    title: str
    sections: list[PackageSection]


class PackageOut(BaseModel):
    """A package. Its recipient sees neither the decision nor who made it, and no content once it is recalled."""

    id: UUID
    item: PackageItem
    recipient: str
    number: int | None
    state: PackageState
    decision: Outcome | None
    rule: str | None
    clause: str | None
    reason: str | None
    needs_head: bool | None
    standing_order: UUID | None
    released_by: str | None
    released_at: datetime | None
    delivered_at: datetime | None
    webhook_delivered_at: datetime | None
    delivered_unmandated: bool | None = Field(
        default=None, description="True when, as is known now, no mandate covered it on the day it was delivered."
    )
    acknowledged_at: datetime | None
    recalled_at: datetime | None
    content: PackageContent | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class CheckBody(Body):
    """A do-no-harm check: names stay withheld, or are shown to this recipient, with a reason (R4)."""

    outcome: CheckOutcome
    reason: Prose | None = Field(default=None, description="Needed to show names.")

    @model_validator(mode="after")
    def _says_why(self) -> "CheckBody":
        if self.outcome is CheckOutcome.shown and not self.reason:
            raise ValueError("say in `reason` why this recipient has to know names")
        return self


class CheckOut(BaseModel):
    """Whether a do-no-harm check is needed before anything goes, and what was decided (R4)."""

    model_config = ConfigDict(from_attributes=True)

    needed: bool
    persons: int | None = Field(description="How many persons it names; null when nobody looked.")
    security_body: bool
    outcome: CheckOutcome | None
    checked_by: str | None
    checked_at: datetime | None
    reason: str | None


class SectionDecision(BaseModel):
    """What was decided for one section."""

    title: str
    decision: Outcome
    rule: str
    reason: str


class PastDecision(BaseModel):
    """A decision as it was made."""

    model_config = ConfigDict(from_attributes=True)

    step: str
    decided_at: datetime
    decided_by: str
    decision: Outcome
    rule: str
    clause: str | None
    reason: str
    needs_head: bool
    sections: list[SectionDecision]


class ReleaseDecisionOut(BaseModel):
    """What would be decided now, and what was decided before, newest first."""

    item: str
    recipient: str
    decision: Outcome
    rule: str
    clause: str | None
    reason: str
    needs_head: bool
    reaches: list[str] = Field(description="Member States of the recipient: the Governments that would read it.")
    sections: list[SectionDecision]
    history: list[PastDecision]
    check: CheckOut | None = Field(default=None, description="The do-no-harm check; null outside the Centre.")


class StandingOrderBody(Body):
    """A standing order to give."""

    organization: Slug
    series: Series


class StandingOrderOut(BaseModel):
    """A standing order."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organization: str
    series: Series
    given_by: str
    given_by_head: bool
    state: OrderState
    ended_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label
