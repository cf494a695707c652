"""Seals of all services, kept away from the rows they seal."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import now
from services.gateway.base import GatewayTable


class PublishedSeal(GatewayTable):
    """The root of a sealed batch of a service's audit rows, as the service announced it."""

    __tablename__ = "published_seals"

    service: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[int]
    root: Mapped[str]
    previous: Mapped[str]
    signature: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(default=now)
