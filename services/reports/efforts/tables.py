"""Efforts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, SmallInteger, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned
from services.reports.base import ReportsTable


class Effort(Identified, Versioned, Labelled, ReportsTable):
    """A preventive effort worth reporting, as one source tells of it. `occurred_at` is what its freshness is counted from (R11)."""

    __tablename__ = "efforts"

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str | None]
    actors: Mapped[list[str]]
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    occurred_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    incidents: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    source: Mapped[str]
    reliability: Mapped[str | None]
    credibility: Mapped[int | None] = mapped_column(SmallInteger)
    grade_reason: Mapped[str | None]
    graded_by: Mapped[str | None]
