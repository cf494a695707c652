"""The audit trail as it goes out."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel


class AuditRecord(BaseModel):
    """Who did or read what, where. Ids only."""

    id: str
    at: datetime
    service: str
    actor: str
    organization: str
    operation: str
    ids: list[str]
    outcome: str
    request_id: str


class Audited(StrEnum):
    """The services that keep a trail."""

    liaison = "liaison"
    reports = "reports"
    coordination = "coordination"
    gateway = "gateway"


class SealedRow(BaseModel):
    """An audit row exactly as it was hashed."""

    seq: int
    transaction: int
    at: str
    actor: str
    organization: str
    operation: str
    ids: list[str]
    outcome: str
    request_id: str


class SealedBatch(BaseModel):
    """A seal and the rows it covers. `format` says what its signature covers: 1, up to a transaction and seq; 2, up to an ordinal.

    `announced_root` is what the gateway was told at the time; null until it has come."""

    id: str
    format: int = 1
    number: int
    rows: int
    upto_transaction: int
    upto_seq: int
    upto_ordinal: int | None = None
    root: str
    previous: str
    signature: str
    announced_root: str | None
    entries: list[SealedRow]
