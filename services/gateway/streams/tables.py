"""The log of events that streams are read from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Labelled
from services.gateway.base import GatewayTable


class StoredEvent(Labelled, GatewayTable):
    """An event with the label of what it speaks of. Read in order of (transaction, position): complete and repeatable.

    `transaction` is the one that came next when the event was stored. Who stores holds a lock to the commit, so both only rise.
    """

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
