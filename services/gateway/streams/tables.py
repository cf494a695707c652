"""The log of events that streams are read from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Labelled
from services.gateway.base import GatewayTable


class StoredEvent(Labelled, GatewayTable):
    """An event with the label of what it speaks of. Read in order of (transaction, position): complete and repeatable."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_order", "transaction", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    transaction: Mapped[int] = mapped_column(BigInteger, server_default=text("pg_current_xact_id()::text::bigint"))
    type: Mapped[str]
    time: Mapped[datetime]
    version: Mapped[int]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    requestid: Mapped[str | None]

    def thin(self) -> dict[str, Any]:
        """What a stream or webhook carries: never content; fetching it checks rights again."""
        return {
            "id": str(self.id),
            "type": self.type,
            "version": self.version,
            "time": self.time.isoformat(),
            "subject": {"type": self.subject_type, "id": self.subject_id},
            "request_id": self.requestid,
        }
