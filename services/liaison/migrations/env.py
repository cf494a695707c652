"""Alembic's entry for liaison."""

from chassis.migrations import run
from services.liaison.base import LiaisonTable
from services.liaison.concurrence import tables as _concurrence
from services.liaison.engagements import tables as _engagements
from services.liaison.parties import tables as _parties

run(LiaisonTable.metadata)
