"""Hand-overs as they come in and go out."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.labels import Label, LabelBody
from contracts.vocabulary import Body, Countries, Line, Prose, Slug
from services.liaison.handover.rules.inventory import Addressee


class HandoverState(StrEnum):
    """Where a hand-over stands: checked and foreseen, being placed, placed; a receipt is signed after that."""

    ready = "ready"
    importing = "importing"
    imported = "imported"


class ForecastFlaw(BaseModel):
    """A record that would go to the quarantine, and why."""

    line: int
    pointer: str
    reason: str


class SeriesForecast(BaseModel):
    """The dry run of one series. `flaws` holds the first hundred."""

    series: str
    kind: str
    would_place: int
    would_quarantine: int
    flaws: list[ForecastFlaw]


class HandoverOut(BaseModel):
    """A package that was taken in. `processed` of the `records` addressed to the Centre have been looked at."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    digest: str = Field(description="SHA-256 of the payload manifest: what both offices sign for.")
    office: str
    office_name: str
    custodian: str | None
    office_countries: list[str]
    period_begin: date
    period_end: date
    state: HandoverState
    records: int
    processed: int
    forecast: list[SeriesForecast]
    started_at: datetime | None
    finished_at: datetime | None
    problem: str | None = Field(description="Why the import does not go on, where it does not.")
    signed: bool
    countersigned: bool
    version: int
    created_at: datetime
    updated_at: datetime
    label: Label


class KindTally(BaseModel):
    """The records of one kind: in the package, and what became of them. They add up."""

    kind: str
    in_package: int
    placed: int
    matched: int
    kept: int
    quarantined: int
    elsewhere: int
    waiting: int


class Reconciliation(BaseModel):
    """The counts of a hand-over per kind. `reconciles`: every record is accounted for, none is waiting."""

    kinds: list[KindTally]
    reconciles: bool


class SeriesOut(KindTally):
    """A series, its counts, and whether its label has been reviewed."""

    series: str
    title: str
    addressee: Addressee
    reviewed_at: datetime | None
    reviewed_by: str | None
    review_label: dict[str, Any] | None
    review_reason: str | None


class SeriesReview(Body):
    """What a series is labelled from now on. Without `label` each record takes the label the giving office gave it."""

    label: LabelBody | None = None
    reason: Prose


class QuarantinedOut(BaseModel):
    """A record that could not be placed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    series: str
    line: int
    external_id: str | None
    pointer: str
    reason: str
    payload: dict[str, Any] | None
    raw: str | None
    label: Label


class MendedRecord(Body):
    """The record as it should have been."""

    record: dict[str, Any]


class Placement(BaseModel):
    """How many records were placed, and how many still lie in quarantine."""

    placed: int
    quarantined: int


class PersonNamed(BaseModel):
    """A person of the register, by name."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    latin_name: str


class PossibleTwin(PersonNamed):
    """A person who came with a hand-over, and those of the register who bear all words of a name of theirs or share a channel."""

    resembles: list[PersonNamed]


class HandoverRecordOut(BaseModel):
    """A record that has no register of its own here."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    series: str
    external_id: str
    title: str | None
    payload: dict[str, Any]
    version: int
    label: Label


class OriginOut(BaseModel):
    """Where a record of our registers came from."""

    model_config = ConfigDict(from_attributes=True)

    handover_id: UUID
    kind: str
    series: str
    external_id: str
    given: dict[str, Any]


class SignBody(Body):
    """Who signs for the Centre, and who answers for the giving office where it is gone."""

    name: Line
    custodian: Line | None = None


class Countersignature(Body):
    """The giving office's signature, made with `goodoffices handover sign-receipt`."""

    name: Line
    key: dict[str, Any] = Field(description="Its public Ed25519 key as a JWK; the inventory's, where that names one.")
    signature: str = Field(pattern=r"^[0-9a-f]{128}$", examples=["0f" * 64])


class ReceiptOut(BaseModel):
    """The receipt. Both offices sign all of it but `signatures`, as canonical JSON (docs/handover.md)."""

    model_config = ConfigDict(extra="allow")

    format: str
    version: int
    handover: UUID
    digest: str
    giver: dict[str, Any]
    receiver: dict[str, Any]
    period: dict[str, Any]
    kinds: list[KindTally]
    received_at: str
    imported_at: str
    signatures: list[dict[str, Any]]


class ExportBody(Body):
    """Whose package it is. Our own office closes like any other."""

    office: Slug
    name: Line
    countries: Countries = Field(min_length=1)
    period_begin: date
    period_end: date
    custodian: Line | None = None
    prepared_at: AwareDatetime | None = None
