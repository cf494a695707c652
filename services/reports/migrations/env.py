"""Alembic's entry for reports."""

from chassis.migrations import run
from services.reports.base import ReportsTable

run(ReportsTable)
