"""What coordination does by itself: it delivers what is queued, and notes that mandates lapsed."""

import asyncio
from uuid import UUID

from fastapi import FastAPI
from psycopg import AsyncConnection
from psycopg import OperationalError as PsycopgError
from sqlalchemy.exc import InterfaceError, OperationalError

from chassis.database import Database
from chassis.errors import StaleCopy
from chassis.logs import log
from chassis.principal import system_principal
from services.coordination.exchange.actions import deliver_package
from services.coordination.exchange.queries import queued_packages
from services.coordination.mandates.actions import settle_lapses
from services.coordination.mandates.queries import lapsed_mandates

IDLE_SECONDS = 0.25
SWEEP_SECONDS = 1.0
_AWAY = (OperationalError, InterfaceError, PsycopgError)
_SYSTEM = system_principal("coordination")
logger = log(__name__)


async def deliver_queued(app: FastAPI) -> None:
    """Deliver what is queued, woken by NOTIFY and four times a second, until cancelled."""
    database: Database = app.state.database
    while True:
        try:
            async with await AsyncConnection.connect(database.dsn, autocommit=True) as connection:
                await connection.execute("listen packages")
                while True:
                    await _deliver_all(database)
                    async for _ in connection.notifies(timeout=IDLE_SECONDS, stop_after=1):
                        pass
        except _AWAY as error:
            logger.warning("delivery waits for the database", error=repr(error))
            await asyncio.sleep(0.5)


async def _deliver_all(database: Database) -> None:
    """One transaction for each; while our copy of the reports is stale nothing goes."""
    async with database.transaction(_SYSTEM) as session:
        waiting = await queued_packages(session)
    try:
        for package_id in waiting:
            await _deliver(database, package_id)
    except StaleCopy as stale:
        logger.info("delivery waits", waiting=len(waiting), why=stale.detail)


async def _deliver(database: Database, package_id: UUID) -> None:
    try:
        async with database.transaction(_SYSTEM) as session:
            await deliver_package(session, package_id)
    except (StaleCopy, *_AWAY):
        raise
    except Exception:
        # One package that cannot be delivered must not hold up the others; it stays queued and is tried again.
        logger.exception("delivery failed", package=str(package_id))


async def sweep_mandates(app: FastAPI) -> None:
    """Note the end of mandates that lapsed, once a second, until cancelled. Every check judges lapse by the clock itself."""
    database: Database = app.state.database
    while True:
        try:
            async with database.transaction(_SYSTEM) as session:
                slugs = sorted({mandate.organization for mandate in await lapsed_mandates(session)})
            for slug in slugs:
                async with database.transaction(_SYSTEM) as session:
                    await settle_lapses(session, slug)
        except _AWAY as error:
            logger.warning("sweeping waits for the database", error=repr(error))
        await asyncio.sleep(SWEEP_SECONDS)
