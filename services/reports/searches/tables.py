"""Kept searches, and what they found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.reports.base import ReportsTable


class SavedSearch(Identified, Versioned, Labelled, ReportsTable):
    """A search of one person. A restrictive policy shows it to its owner only, and to whoever looks after it."""

    __tablename__ = "saved_searches"

    owner: Mapped[str] = mapped_column(index=True)
    # With which rights it looks: its owner's, as they were when it was last opened; after a revocation it waits to be opened again.
    principal: Mapped[dict[str, Any]]
    title: Mapped[str]
    filters: Mapped[dict[str, Any]]
    state: Mapped[str]
    looked_at: Mapped[datetime]


class SearchMatch(ReportsTable):
    """An incident that a search found. It tells nothing by itself: it is read through its search, as far as the owner may read it then."""

    __tablename__ = "search_matches"

    search_id: Mapped[UUID] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True)
    incident_id: Mapped[UUID] = mapped_column(primary_key=True)
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
