"""Alembic's entry for coordination."""

from chassis.migrations import run
from services.coordination.base import CoordinationTable

run(CoordinationTable)
