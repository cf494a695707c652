"""What liaison does by itself: it goes on with imports that were started, over restarts, until they have ended."""

import asyncio
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from psycopg import OperationalError as PsycopgError
from sqlalchemy.exc import InterfaceError, OperationalError

from chassis.database import Database
from chassis.logs import log
from chassis.principal import system_principal
from services.liaison.handover.actions.importing import discard_package, import_batch, note_trouble
from services.liaison.handover.queries.handovers import find_importing

IDLE_SECONDS = 0.5
_AWAY = (OperationalError, InterfaceError, PsycopgError)
_SYSTEM = system_principal("liaison")
logger = log(__name__)


async def import_handovers(app: FastAPI) -> None:
    """Place what is to be placed, batch by batch, until cancelled."""
    database, shelf = app.state.database, app.state.settings.packages_folder
    while True:
        try:
            async with database.transaction(_SYSTEM) as session:
                waiting = await find_importing(session)
            for handover_id, digest in waiting:
                await _import(database, shelf, handover_id, digest)
        except _AWAY as error:
            logger.warning("importing waits for the database", error=repr(error))
        await asyncio.sleep(IDLE_SECONDS)


async def _import(database: Database, shelf: Path, handover_id: UUID, digest: str) -> None:
    try:
        await import_all(database, shelf, handover_id, digest)
    except _AWAY:
        raise
    except Exception:
        # One package that cannot go on must not hold up the others; its checkpoint stands, and it is tried again.
        logger.exception("import interrupted", handover=str(handover_id))
        async with database.transaction(_SYSTEM) as session:
            await note_trouble(session, handover_id)


async def import_all(database: Database, shelf: Path, handover_id: UUID, digest: str) -> None:
    """Place all batches of one hand-over, each in a transaction of its own, and remove the unpacked package after the last."""
    while True:
        async with database.transaction(_SYSTEM) as session:
            if not await import_batch(session, shelf, handover_id):
                break
    async with database.transaction(_SYSTEM) as session:
        ended = handover_id not in {key for key, _ in await find_importing(session)}
    if ended:
        await discard_package(shelf, digest)
