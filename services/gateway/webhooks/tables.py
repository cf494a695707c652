"""Webhooks and their deliveries. A webhook belongs to the organization that registered it, and to nobody else's eyes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.gateway.base import GatewayTable


class Webhook(Identified, Versioned, Labelled, GatewayTable):
    """Where an organization wants to be told, and of what. Its secret is derived, not stored."""

    __tablename__ = "webhooks"

    url: Mapped[str]
    events: Mapped[list[str]]
    client_key: Mapped[UUID] = mapped_column(ForeignKey("clients.id"))
    state: Mapped[str]
    reason: Mapped[str | None]

    @property
    def organization(self) -> str:
        """Whose it is."""
        return self.originator


class Delivery(Identified, Labelled, GatewayTable):
    """One event on its way to one webhook, tried until it arrives or three days have passed.

    pending > delivered, or failed, or revoked (with the right to it), or overtaken by a recall.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index(
            "ix_webhook_deliveries_due",
            "originator",
            "next_attempt_at",
            postgresql_where=text("state = 'pending'"),
        ),
    )

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id"))
    event_id: Mapped[UUID]
    type: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    # The first attempt since it was queued, or sent again: from then on it has three days.
    tried_since: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[int | None]
    error: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
