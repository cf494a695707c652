"""The tables every service has for itself: outbox, inbox, watermarks, idempotency keys, audit and its seals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Base, now, service_metadata


class ChassisTable(Base):
    """Base of the tables of this module."""

    __abstract__ = True
    metadata = service_metadata()


class Reference(ChassisTable):
    """The last number given out per prefix and year, for references people can say aloud (ENG-2026-0017)."""

    __tablename__ = "reference_numbers"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class OutboxRow(ChassisTable):
    """An event, written by the transaction that caused it; the relay publishes it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unpublished", "seq", postgresql_where=text("published_at is null")),
        Index("ix_outbox_ordinal", "ordinal", unique=True, postgresql_where=text("ordinal is not null")),
    )

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    type: Mapped[str]
    event: Mapped[dict[str, Any]]
    # The relay numbers rows in the order it publishes them: an order that outlives the database cluster.
    ordinal: Mapped[int | None] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]


class Publishing(ChassisTable):
    """Into which stream this service publishes, how far it has come, and what the stream is known to hold.

    Whoever reads the stream without a gap from behind message `begun` on gets every event from ordinal `begins_with` on.
    """

    __tablename__ = "publishing"

    service: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str]
    # The newest message of the stream that holds an event of ours; a stream that ends before it has lost messages.
    sequence: Mapped[int] = mapped_column(BigInteger)
    ordinal: Mapped[int] = mapped_column(BigInteger)
    begun: Mapped[int] = mapped_column(BigInteger)
    begins_with: Mapped[int] = mapped_column(BigInteger)
    # Events from this ordinal on are to be published again.
    wanted: Mapped[int | None] = mapped_column(BigInteger)


class InboxRow(ChassisTable):
    """An event this service has handled: the same event again does nothing."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_handled_at", "handled_at", postgresql_using="brin"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    type: Mapped[str]
    handled_at: Mapped[datetime] = mapped_column(default=now)


class DeadLetter(ChassisTable):
    """An event whose handler failed five times, kept with its last error until it is replayed."""

    __tablename__ = "dead_letters"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    type: Mapped[str]
    event: Mapped[dict[str, Any]]
    failures: Mapped[int]
    error: Mapped[str]
    failed_at: Mapped[datetime] = mapped_column(default=now)


class Watermark(ChassisTable):
    """Up to when, and up to which ordinal of its outbox, this service has seen everything that another one announced."""

    __tablename__ = "watermarks"

    source: Mapped[str] = mapped_column(primary_key=True)
    seen_until: Mapped[datetime]
    ordinal: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class ReadingPlace(ChassisTable):
    """Behind which message of another service's stream this service goes on. `stream` tells a stream made anew.

    A gap is open while `gap_since` is set; `resumed` is the message behind which reading went on after the last one.
    """

    __tablename__ = "places"

    source: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    gap_since: Mapped[datetime | None]
    gap: Mapped[str | None]
    resumed: Mapped[int | None] = mapped_column(BigInteger)
    # Rises with every gap: a process that still reads as before the gap moves nothing any more.
    reading: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class IdempotencyKey(ChassisTable):
    """The first answer to a keyed request, given again to its repetitions for 24 hours."""

    __tablename__ = "idempotency_keys"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    # What the answer named, for the trail of its repetitions. Null in rows of releases before.
    ids: Mapped[list[str] | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class AuditRow(ChassisTable):
    """Who did or read what: ids only, never names or text of persons (R17)."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_unsealed", "seq", postgresql_where=text("ordinal is null")),
        Index("ix_audit_ordinal", "ordinal", unique=True, postgresql_where=text("ordinal is not null")),
        # Of sealed rows: the sealer pays for it, not the request that is audited.
        Index("ix_audit_ids", "ids", postgresql_using="gin", postgresql_where=text("ordinal is not null")),
        Index("ix_audit_at", "at", postgresql_using="brin"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[str]
    organization: Mapped[str]
    operation: Mapped[str]
    ids: Mapped[list[str]]
    outcome: Mapped[str]
    request_id: Mapped[str]
    # The policy or rule that decided, the address the gateway saw, and the SHA-256 of what left.
    rule: Mapped[str | None]
    origin: Mapped[str | None]
    content_hash: Mapped[str | None]
    transaction: Mapped[int] = mapped_column(BigInteger, server_default=text("pg_current_xact_id()::text::bigint"))
    # The sealer numbers rows in the order it seals them: an order that outlives the database cluster.
    ordinal: Mapped[int | None] = mapped_column(BigInteger)


class Seal(ChassisTable):
    """A sealed batch of audit rows: the Merkle root over them, chained to the one before and signed."""

    __tablename__ = "audit_seals"
    __table_args__ = (
        Index("ix_audit_seals_ordinal", "upto_ordinal", postgresql_where=text("upto_ordinal is not null")),
        Index("ix_audit_seals_first", "number", postgresql_where=text("upto_ordinal is null")),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[int]
    # 1: rows in order of (transaction, seq) up to the two below. 2: rows in order of their ordinals,
    # up to that one. 3: as 2; canonical by RFC 8785, with rule, origin and hash, and `log_root`.
    format: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    upto_transaction: Mapped[int] = mapped_column(BigInteger)
    upto_seq: Mapped[int] = mapped_column(BigInteger)
    upto_ordinal: Mapped[int | None] = mapped_column(BigInteger)
    root: Mapped[str]
    previous: Mapped[str]
    signature: Mapped[str]
    # The root of the log (RFC 9162) whose leaves are the roots of all seals up to this one.
    log_root: Mapped[str | None]
    sealed_at: Mapped[datetime] = mapped_column(default=now)


class AuditNode(ChassisTable):
    """The hash of a complete subtree of the log of seals: of 2**level seals, the `position`-th."""

    __tablename__ = "audit_nodes"

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
