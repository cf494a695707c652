"""Reports and the steps of their clearance."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chassis.columns import Identified, Labelled, Versioned, now
from contracts.labels import Label
from contracts.names import NamedPlaces
from services.reports.base import ReportsTable
from services.reports.production.rules import Content


class Report(Identified, Versioned, Labelled, ReportsTable):
    """A report. Its label is derived from what it cites; `declared` is what its authors gave it."""

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_cites", "cites", postgresql_using="gin"),)

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    subject_countries: Mapped[list[str]]
    subject_themes: Mapped[list[str]]
    state: Mapped[str] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str]
    declared: Mapped[dict[str, Any]]
    addressees: Mapped[dict[str, Any]]
    # What it cites, to be found by: a retraction propagates through it.
    cites: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    # As issued: the answer to everyone from then on (R10).
    issued: Mapped[dict[str, Any] | None]
    issued_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]

    @property
    def body(self) -> Content:
        """What it says."""
        return Content.model_validate(self.content)

    @property
    def named(self) -> NamedPlaces | None:
        """Where it names persons, as found when it was issued; None before, and in what was issued before that was looked for."""
        found = (self.issued or {}).get("named")
        return None if found is None else NamedPlaces.model_validate(found)

    @property
    def declared_label(self) -> Label:
        """The label its authors gave it."""
        return Label.model_validate(self.declared)


class ReportStep(ReportsTable):
    """A step of the clearance chain, bound to the content it was taken on (R9). Read through its report only."""

    __tablename__ = "report_steps"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    comment: Mapped[str | None]
    content_hash: Mapped[str]
    # Set by an edit or a return after it: the chain goes on as if it had not been taken.
    voided_at: Mapped[datetime | None]
