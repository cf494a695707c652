"""What liaison does by itself: it announces what the clock made of concurrences and commitments."""

import asyncio

from fastapi import FastAPI
from psycopg import OperationalError as PsycopgError
from sqlalchemy.exc import InterfaceError, OperationalError

from chassis.database import Database
from chassis.logs import log
from chassis.principal import system_principal
from services.liaison.commitments.actions import sweep_commitment
from services.liaison.concurrence.actions import sweep_concurrence
from services.liaison.engagements.actions import end_leaning

SWEEP_SECONDS = 1.0
_AWAY = (OperationalError, InterfaceError, PsycopgError)
_SYSTEM = system_principal("liaison")
logger = log(__name__)


async def sweep(app: FastAPI) -> None:
    """Sweep once a second until cancelled. It only announces: every check judges by the clock itself (R2)."""
    while True:
        try:
            await sweep_once(app.state.database)
        except _AWAY as error:
            logger.warning("sweeping waits for the database", error=repr(error))
        await asyncio.sleep(SWEEP_SECONDS)


async def sweep_once(database: Database) -> None:
    """Announce what has become due, a transaction for each."""
    for announce_one in (lambda session: sweep_concurrence(session, end_leaning), sweep_commitment):
        is_found = True
        while is_found:
            async with database.transaction(_SYSTEM) as session:
                is_found = await announce_one(session)
