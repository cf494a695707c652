"""What is kept of a hand-over. Records with a register of their own lie there; `HandoverOrigin` says where they came from."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.liaison.base import LiaisonTable
from services.liaison.handover.rules.reconciliation import Tally


class Handover(Identified, Versioned, Labelled, LiaisonTable):
    """A package that was taken in, and where its import stands. `digest` is the SHA-256 of its payload manifest."""

    __tablename__ = "handovers"

    digest: Mapped[str] = mapped_column(unique=True)
    office: Mapped[str]
    office_name: Mapped[str]
    custodian: Mapped[str | None]
    signing_key: Mapped[dict[str, Any] | None]
    office_countries: Mapped[list[str]]
    period_begin: Mapped[date]
    period_end: Mapped[date]
    state: Mapped[str] = mapped_column(index=True)
    records: Mapped[int]
    processed: Mapped[int] = mapped_column(default=0)
    forecast: Mapped[list[dict[str, Any]]]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    problem: Mapped[str | None]
    receipt: Mapped[dict[str, Any] | None]

    @property
    def signed(self) -> bool:
        """True when the Centre has signed for it."""
        return self.receipt is not None

    @property
    def countersigned(self) -> bool:
        """True when the giving office has, too."""
        return self.receipt is not None and len(self.receipt["signatures"]) > 1


class HandoverSeries(LiaisonTable):
    """A series of a package and how far it was imported. It is read through its hand-over, which bears the label."""

    __tablename__ = "handover_series"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    addressee: Mapped[str]
    path: Mapped[str | None]
    in_package: Mapped[int]
    # Where the next batch begins, written by the transaction that placed the one before (resumable without doubles).
    line: Mapped[int] = mapped_column(default=0)
    byte_offset: Mapped[int] = mapped_column(BigInteger, default=0)
    placed: Mapped[int] = mapped_column(default=0)
    matched: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    quarantined: Mapped[int] = mapped_column(default=0)
    elsewhere: Mapped[int] = mapped_column(default=0)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str | None]
    review_label: Mapped[dict[str, Any] | None]
    review_reason: Mapped[str | None]

    @property
    def tally(self) -> Tally:
        """Its counts."""
        return Tally(self.kind, self.in_package, self.placed, self.matched, self.kept, self.quarantined, self.elsewhere)


class HandoverOrigin(LiaisonTable):
    """Where a record came from: one row for each record placed, so that none is placed twice. Ids only.

    `given` keeps what the record said and its row has no place for: its old label, its old reference.
    """

    __tablename__ = "handover_origins"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str]
    target_id: Mapped[UUID] = mapped_column(index=True)
    # A party that was in our register already: it keeps its own label.
    matched: Mapped[bool] = mapped_column(default=False)
    given: Mapped[dict[str, Any]]


class HandoverRecord(Identified, Versioned, Labelled, LiaisonTable):
    """A record of a kind that has no register here, kept whole. A concurrence among them is history, never in force."""

    __tablename__ = "handover_records"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), index=True)
    kind: Mapped[str]
    series: Mapped[str]
    external_id: Mapped[str]
    title: Mapped[str | None]
    payload: Mapped[dict[str, Any]]


class HandoverAttachment(Identified, Versioned, Labelled, LiaisonTable):
    """An attachment of a package, under its SHA-256."""

    __tablename__ = "handover_attachments"
    __table_args__ = (UniqueConstraint("handover_id", "digest"),)

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"))
    digest: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class QuarantinedRecord(Identified, Versioned, Labelled, LiaisonTable):
    """A record that could not be placed, as it came, with the reason; mended or tried again it goes to its place."""

    __tablename__ = "handover_quarantine"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), index=True)
    kind: Mapped[str]
    series: Mapped[str]
    line: Mapped[int]
    external_id: Mapped[str | None]
    pointer: Mapped[str]
    reason: Mapped[str]
    # The object as it came, or the line as text where it is no object.
    payload: Mapped[dict[str, Any] | None]
    raw: Mapped[str | None]
