"""Mentions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.reports.base import ReportsTable


class Mention(ReportsTable):
    """One article that mentions a lead of its feed. It is read through its observation only, which bears the label."""

    __tablename__ = "mentions"

    feed: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    # Addresses may be longer than an index holds.
    article_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    article: Mapped[str]
    source: Mapped[str]
    mentioned_at: Mapped[datetime]
    confidence: Mapped[int] = mapped_column(SmallInteger)
    submission_id: Mapped[UUID]
