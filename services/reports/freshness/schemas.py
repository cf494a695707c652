"""Freshness as it goes out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.reports.freshness.rules import Facet, FreshnessState


class ReportNamed(BaseModel):
    """The report that brought the newest evidence."""

    id: UUID
    reference: str


class FreshnessOut(BaseModel):
    """How old what is known of a place and theme is, judged by the clock as you read it."""

    place: str
    theme: str
    facet: Facet
    evidence_at: datetime | None
    age_days: float | None
    due_after_days: int
    due_at: datetime | None
    state: FreshnessState
    report: ReportNamed | None
