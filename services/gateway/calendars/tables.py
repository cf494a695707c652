"""Calendar feeds. Their addresses are kept as hashes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified
from services.gateway.base import GatewayTable


class CalendarFeed(Identified, GatewayTable):
    """A secret address of a person's calendar. It holds while the client's epoch is the one it was made in."""

    __tablename__ = "calendar_feeds"

    client_key: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    epoch: Mapped[int]
    name: Mapped[str]
    ceiling: Mapped[str]
    kinds: Mapped[list[str]]
    countries: Mapped[list[str]]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
