"""What is exchanged: our copy of issued items, packages, decisions, standing orders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Identity, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from contracts.events.reports import IssuedSection
from services.coordination.base import CoordinationTable
from services.coordination.exchange.rules import Part, Subject


class Item(Identified, Versioned, Labelled, CoordinationTable):
    """Our own copy of an issued report, under the report's id. It changes only by being recalled (R10)."""

    __tablename__ = "items"

    series: Mapped[str]
    reference: Mapped[str]
    title: Mapped[str]
    content_hash: Mapped[str]
    issued_at: Mapped[datetime]
    recalled_at: Mapped[datetime | None]
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)

    @property
    def issued_sections(self) -> list[IssuedSection]:
        """Its sections as they were issued."""
        return [IssuedSection.model_validate(section) for section in self.sections]

    @property
    def subject(self) -> Subject:
        """What the release decision looks at."""
        parts = tuple(Part(section.id, section.title, section.label) for section in self.issued_sections)
        return Subject(label=self.label, parts=parts, recalled=self.recalled_at is not None)


class ItemNames(CoordinationTable):
    """Where an issued report names persons, and who wrote it, under the report's id: what the do-no-harm check asks (R4).

    It holds no names, is told before the report is, and never shown.
    """

    __tablename__ = "item_names"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    places: Mapped[dict[str, Any]] = mapped_column(JSONB)
    authors: Mapped[list[str]]


class HarmCheck(Labelled, CoordinationTable):
    """A do-no-harm check of an item for a recipient, as it was made; the last one holds, and nothing in it changes (R4)."""

    __tablename__ = "harm_checks"
    __table_args__ = (Index("ix_harm_checks_item", "item_id", "recipient"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    recipient: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    outcome: Mapped[str]
    reason: Mapped[str | None]
    checked_by: Mapped[str]
    checked_at: Mapped[datetime] = mapped_column(default=now)


class Package(Identified, Versioned, Labelled, CoordinationTable):
    """One item for one recipient. Until it is delivered it bears the item's label, then that of what was delivered.

    `title` and `content` are what the recipient gets; `number` counts the recipient's own deliveries.
    """

    __tablename__ = "packages"
    __table_args__ = (
        UniqueConstraint("item_id", "recipient"),
        UniqueConstraint("recipient", "number"),
        Index("ix_packages_queued", "id", postgresql_where=text("state = 'queued'")),
    )

    item_type: Mapped[str]
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    recipient: Mapped[str] = mapped_column(ForeignKey("organizations.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    decision: Mapped[str]
    rule: Mapped[str]
    clause: Mapped[str | None]
    reason: Mapped[str]
    needs_head: Mapped[bool]
    # What the person who released it saw: a mandate declared later adds nothing to it.
    sections: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    released_by: Mapped[str | None]
    released_by_head: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None]
    standing_order: Mapped[UUID | None] = mapped_column(ForeignKey("standing_orders.id"), index=True)
    number: Mapped[int | None]
    title: Mapped[str | None]
    content: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    delivered_at: Mapped[datetime | None]
    webhook_delivered_at: Mapped[datetime | None]
    # As is known now: a mandate's end recorded late, or its correction, shows what should not have gone (R3).
    delivered_unmandated: Mapped[bool] = mapped_column(default=False)
    # When the recipient acknowledged what the package now is: the delivery, or after a recall the recall.
    acknowledged_at: Mapped[datetime | None]
    delivery_acknowledged_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]
    # When the recipient was first shown that it was recalled: who acknowledges without a version
    # acknowledges what it has seen (R16).
    recall_seen_at: Mapped[datetime | None]


class DeliveryCount(CoordinationTable):
    """How many packages were delivered to an organization."""

    __tablename__ = "delivery_counts"

    recipient: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    last: Mapped[int]


class ReleaseDecision(Labelled, CoordinationTable):
    """A decision as it was made, kept for the question “why did they get it?”; nothing in it changes."""

    __tablename__ = "release_decisions"
    __table_args__ = (Index("ix_release_decisions_item", "item_id", "recipient"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"))
    recipient: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    step: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[str]
    decision: Mapped[str]
    rule: Mapped[str]
    clause: Mapped[str | None]
    reason: Mapped[str]
    needs_head: Mapped[bool]
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class StandingOrder(Identified, Versioned, Labelled, CoordinationTable):
    """A person's word, given in advance, that a series goes to an organization whenever R13 allows it."""

    __tablename__ = "standing_orders"
    __table_args__ = (Index("uq_standing_orders_active", "organization", "series", unique=True, postgresql_where=text("state = 'active'")),)

    organization: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    series: Mapped[str]
    given_by: Mapped[str]
    given_by_head: Mapped[bool]
    state: Mapped[str]
    ended_at: Mapped[datetime | None]
