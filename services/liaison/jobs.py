"""What liaison does by itself: it restricts, fetches and screens, imports, and announces what the clock made."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from fastapi import FastAPI
from psycopg import OperationalError as PsycopgError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.errors import Problem, TooLarge
from chassis.logs import log
from chassis.principal import system_principal
from services.liaison.commitments.actions import sweep_commitment
from services.liaison.concurrence.actions import sweep_concurrence
from services.liaison.contacts.actions import announce_reviews, restrict_unreviewed
from services.liaison.handover.actions.running import import_started
from services.liaison.screening.actions import replace_list, screen_next
from services.liaison.screening.adapters.consolidated import MAX_BYTES

REVIEW_SECONDS, SCREEN_SECONDS, IMPORT_SECONDS = 60.0, 2.0, 0.5
SWEEP_SECONDS = 1.0
_AWAY = (OperationalError, InterfaceError, PsycopgError)
_SYSTEM = system_principal("liaison")
logger = log(__name__)


async def restrict_contacts(app: FastAPI) -> None:
    """Restrict contacts whose review was not answered, once a minute, until cancelled (R4)."""
    await _repeat(app, restrict_unreviewed, REVIEW_SECONDS)


async def remind_of_reviews(app: FastAPI) -> None:
    """Announce reviews that fall due, once each, until cancelled (R4)."""
    await _repeat(app, announce_reviews, REVIEW_SECONDS)


async def screen_subjects(app: FastAPI) -> None:
    """Hold new and changed contacts and parties against the list, until cancelled."""
    await _repeat(app, screen_next, SCREEN_SECONDS)


async def import_handovers(app: FastAPI) -> None:
    """Go on with imports that were started, over restarts, until they have ended; until cancelled (R19)."""
    while True:
        try:
            await import_started(app.state.database, app.state.settings.packages_folder)
        except _AWAY as error:
            logger.warning("importing waits for the database", error=repr(error))
        await asyncio.sleep(IMPORT_SECONDS)


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
    for announce_one in (sweep_concurrence, sweep_commitment):
        is_found = True
        while is_found:
            async with database.transaction(_SYSTEM) as session:
                is_found = await announce_one(session)


async def _repeat(app: FastAPI, work: Callable[[AsyncSession], Awaitable[int]], seconds: float) -> None:
    """Work in batches, a transaction each, until there is nothing to do; then wait."""
    database: Database = app.state.database
    while True:
        try:
            done = 1
            while done:
                async with database.transaction(_SYSTEM) as session:
                    done = await work(session)
        except _AWAY as error:
            logger.warning("background work waits for the database", error=repr(error))
        await asyncio.sleep(seconds)


async def fetch_sanctions_list(app: FastAPI) -> None:
    """Fetch the list from where it is published, every few hours, until cancelled; nothing where no address is configured."""
    url: str | None = app.state.settings.sanctions_list_url
    while url is not None:
        try:
            raw = await _download(url)
            async with app.state.database.transaction(_SYSTEM) as session:
                await replace_list(session, raw, "configured address", configured=True)
        except (httpx.HTTPError, Problem, *_AWAY) as error:
            # The list that is held stays; GET /v1/sanctions-list tells its age.
            logger.warning("the consolidated list was not fetched", error=repr(error))
        await asyncio.sleep(app.state.settings.sanctions_list_hours * 3600)


async def _download(url: str) -> bytes:
    """The body, as long as it is not over the limit."""
    body = bytearray()
    async with httpx.AsyncClient(timeout=60) as http, http.stream("GET", url) as answer:
        answer.raise_for_status()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > MAX_BYTES:
                raise TooLarge(MAX_BYTES)
    return bytes(body)
