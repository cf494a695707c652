"""The audit trail as it goes out."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256, in hexadecimal digits.")]
Rule = Annotated[
    str | None,
    Field(
        description="What decided: a policy (`cedar:clearance/2`, the second in its file;"
        " `cedar:none`, no policy permits it), a rule by number (`R13`), or the problem's type"
        " (`problem:wrong-state`). Null in rows of earlier releases."
    ),
]
Origin = Annotated[
    str | None,
    Field(description="The caller's address as the gateway saw it; `machine` for what none asked."),
]
ContentHash = Annotated[
    str | None,
    Field(description="SHA-256 of what left, before compression. A streamed file has it in a second row, of outcome `sent`."),
]


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
    rule: Rule = None
    origin: Origin = None
    content_hash: ContentHash = None


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
    rule: Rule = None
    origin: Origin = None
    content_hash: ContentHash = None


class AuditSeal(BaseModel):
    """A seal over rows of one service. `format` says what its signature covers: 1, up to a
    transaction and seq; 2, up to an ordinal; 3, the root of the service's log, too.

    `log_root` is the root of the log (RFC 9162) whose leaves are the roots of the seals so far.
    """

    format: int = 1
    number: int
    rows: int
    upto_transaction: int
    upto_seq: int
    upto_ordinal: int | None = None
    root: str
    previous: str
    signature: str
    log_root: str | None = None


class SealedBatch(AuditSeal):
    """A seal and the rows it covers.

    `announced_root` is what the gateway was told at the time; null until it has come."""

    id: str
    service: str
    announced_root: str | None
    entries: list[SealedRow]


class AnnouncedRoot(BaseModel):
    """The root of a seal as the gateway was told when it was made."""

    id: str
    service: str
    number: int
    rows: int
    root: str
    previous: str
    signature: str
    received_at: datetime


class InclusionProof(BaseModel):
    """Proves one row under its seal, and the seal under the newest head of the log (RFC 9162,
    2.1.3), without showing another row. `goodoffices verify-proof` reads it."""

    kind: Literal["inclusion"]
    id: str
    service: str
    row: SealedRow
    index: int
    path: list[Hash]
    seal: AuditSeal
    head: AuditSeal
    log_path: list[Hash]


class ConsistencyProof(BaseModel):
    """Proves that the log at `second` continues the one at `first` (RFC 9162, 2.1.4)."""

    kind: Literal["consistency"]
    service: str
    first: AuditSeal
    second: AuditSeal
    path: list[Hash]


class SealKey(BaseModel):
    """A public key of seals (RFC 8037), and whose it is."""

    kty: str
    crv: str
    x: str
    kid: str
    use: str = "sig"
    service: str


class SealKeys(BaseModel):
    """A JWKS: the keys of today and those before them."""

    keys: list[SealKey]
