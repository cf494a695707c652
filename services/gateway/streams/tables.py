"""The log of events that streams are read from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Labelled
from services.gateway.base import GatewayTable


class StoredEvent(Labelled, GatewayTable):
    """An event with the label of what it speaks of. Read in order of `position`: complete and repeatable.

    Who stores holds a lock to the commit, so positions only rise, in whatever cluster the database lies.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_position", "position", unique=True),
        Index("ix_events_time", "time", postgresql_using="brin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    type: Mapped[str]
    time: Mapped[datetime]
    version: Mapped[int]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    requestid: Mapped[str | None]
