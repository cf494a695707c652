"""Alembic's entry for liaison."""

from chassis.migrations import run
from services.liaison.base import LiaisonTable

run(LiaisonTable)
