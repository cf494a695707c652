"""What issued reports brought, by place and theme."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled
from services.reports.base import ReportsTable


class FreshnessMark(Identified, Labelled, ReportsTable):
    """How new the evidence was that one report brought for a cell. It is labelled like the report: who may not know of
    the report sees the cell without it."""

    __tablename__ = "freshness_marks"
    __table_args__ = (Index("ix_freshness_marks_cell", "place", "theme", "facet", "evidence_at"),)

    place: Mapped[str]
    theme: Mapped[str]
    facet: Mapped[str]
    evidence_at: Mapped[datetime]
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id"), index=True)
    reference: Mapped[str]
    # A recalled report renews nothing any more.
    recalled: Mapped[bool] = mapped_column(default=False)
