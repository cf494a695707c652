"""Reads of reports, and how a report looks to who asks."""

from services.reports.production.queries.answers import KEPT, Veil, kept_at
from services.reports.production.queries.reads import (
    Filters,
    grade_cited,
    list_reports,
    read_cited,
    read_report,
    show_report,
    steps_of,
)

__all__ = [
    "KEPT", "Filters", "Veil",
    "grade_cited", "kept_at", "list_reports", "read_cited", "read_report", "show_report", "steps_of",
]  # fmt: skip
