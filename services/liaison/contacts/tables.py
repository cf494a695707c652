"""Contacts, their positions over time, and their mergers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, new_id, now
from services.liaison.base import LiaisonTable


class Contact(Identified, Versioned, Labelled, LiaisonTable):
    """A person. After erasure only the key and a pseudonym are left, so that engagements stand (R4)."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),)

    # active, merged (into another), erased.
    state: Mapped[str] = mapped_column(default="active")
    # Since when its review is unanswered: row-level security then shows it to the Head only (R4).
    restricted_at: Mapped[datetime | None]
    # In the original script, and in Latin letters.
    name: Mapped[str]
    latin_name: Mapped[str]
    other_names: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    # {kind, value}: how the person is reached.
    channels: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    contact_countries: Mapped[list[str]] = mapped_column(default=list)
    notes: Mapped[str | None]
    # Why the person is kept at all, and until when somebody must ask whether that still holds.
    purpose: Mapped[str]
    review_on: Mapped[date] = mapped_column(index=True)
    reviewed_at: Mapped[datetime | None]
    # The review date that somebody was reminded of.
    review_announced: Mapped[date | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    erased_at: Mapped[datetime | None]
    erased_because: Mapped[str | None]
    # Names folded to plain letters (chassis/spelling.py) and channels, those of merged records too: what is searched.
    search: Mapped[str]


class Position(LiaisonTable):
    """What was known of a position from `recorded_at` on. A correction is a new row with the same `position_id` (R3).

    Rows are added and never changed; only erasure removes them. Dates: from `valid_from` up to, not including, `valid_until`.
    """

    __tablename__ = "positions"
    __table_args__ = (Index("ix_positions_position_id_seq", "position_id", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    position_id: Mapped[UUID] = mapped_column(default=new_id)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    # A party of the register, or an organization that is not in it, by name.
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.id"), index=True)
    organization: Mapped[str | None]
    title: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    # True when the position was recorded by mistake.
    void: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by: Mapped[str]


class Merger(LiaisonTable):
    """Two records were found to be one person; `undone_at` when that was a mistake."""

    __tablename__ = "mergers"

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    survivor_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), index=True)
    # The labels before the merger: both records bear the stricter one while it lasts.
    merged_label: Mapped[dict[str, Any]]
    survivor_label: Mapped[dict[str, Any]]
    merged_at: Mapped[datetime] = mapped_column(default=now)
    merged_by: Mapped[str]
    undone_at: Mapped[datetime | None]
