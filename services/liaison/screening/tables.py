"""The consolidated list as last received, whom it was held against, and what was found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, new_id, now
from services.liaison.base import LiaisonTable


class SanctionsList(LiaisonTable):
    """One version of the public list. Only the newest is held; the others leave this row as a trace."""

    __tablename__ = "sanctions_lists"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    generated_at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime] = mapped_column(default=now)
    received_from: Mapped[str]
    sha256: Mapped[str]
    individuals: Mapped[int]
    entities: Mapped[int]


class SanctionsEntry(LiaisonTable):
    """One listed individual or entity. It is public: no label."""

    __tablename__ = "sanctions_entries"

    data_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reference: Mapped[str]
    list_type: Mapped[str]
    names: Mapped[list[str]]
    # Of all the list says of it: a decision holds until this changes.
    fingerprint: Mapped[str]


class Screening(Identified, Versioned, Labelled, LiaisonTable):
    """A contact or party whose name resembles a listed one; the Head decides. Names stay where they belong: ids only."""

    __tablename__ = "screenings"
    __table_args__ = (
        UniqueConstraint("subject_id", "data_id", "fingerprint"),
        Index("ix_screenings_state", "state"),
    )

    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    data_id: Mapped[str]
    reference: Mapped[str]
    fingerprint: Mapped[str]
    # The listed name that was resembled, how closely (0-100), and by what.
    listed_name: Mapped[str]
    score: Mapped[int]
    explanation: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="pending")
    may_be_met: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class Screened(LiaisonTable):
    """A subject's version was held against a version of the list."""

    __tablename__ = "screened"

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_version: Mapped[int]
    list_id: Mapped[UUID] = mapped_column(ForeignKey("sanctions_lists.id"))
