"""What reports does by itself: it works off large deliveries, announces silent feeds, and fetches those that have an address."""

import asyncio

from fastapi import FastAPI
from pydantic import ValidationError

from chassis.database import Database
from chassis.errors import NotAuthenticated
from chassis.leading import lead
from chassis.logs import log
from chassis.principal import system_principal
from chassis.revocations import Epochs
from services.reports.feeds.actions import announce_silence, settle_credentials
from services.reports.feeds.adapters.credentials import Credentials
from services.reports.feeds.tables import Feed
from services.reports.intake.actions import CHANNEL, work_off
from services.reports.pulling.actions import AWAY, Bounds, Puller, client, due_feeds
from services.reports.searches.actions import look_for, pause_search
from services.reports.searches.queries import due_searches
from services.reports.settings import ReportsSettings

SWEEP_SECONDS, PULL_SECONDS = 5.0, 2.0
AT_ONCE = 4
_SYSTEM = system_principal("reports").model_copy(update={"client_id": "system:feeds"})
logger = log(__name__)


async def store_deliveries(app: FastAPI) -> None:
    """Store what was kept, over restarts and by one process of many, until cancelled (R5)."""
    database = app.state.database
    await lead(database.dsn, CHANNEL, lambda _: work_off(database))


async def sweep_feeds(app: FastAPI) -> None:
    """Announce feeds that fell silent and those that returned, until cancelled (R7)."""
    while True:
        try:
            await sweep_once(app.state.database)
        except AWAY as error:
            logger.warning("sweeping waits for the database", error=repr(error))
        await asyncio.sleep(SWEEP_SECONDS)


async def sweep_once(database: Database) -> None:
    """Announce what the clock made of the feeds since the last time."""
    async with database.transaction(_SYSTEM) as session:
        await announce_silence(session)


async def watch_searches(app: FastAPI) -> None:
    """Look after the searches that people keep, one process of many, until cancelled."""
    await lead(app.state.database.dsn, "searches", lambda _: watch_once(app.state.database, app.state.epochs))


async def watch_once(database: Database, epochs: Epochs) -> None:
    """Look once with each owner's rights; who has others by now must open the search first (R15)."""
    async with database.transaction(_SYSTEM) as session:
        until, watched = await due_searches(session)
    for search_id, principal in watched:
        try:
            epochs.require(principal)
        except NotAuthenticated:
            async with database.transaction(_SYSTEM) as session:
                await pause_search(session, search_id)
        else:
            async with database.transaction(principal) as session:
                await look_for(session, search_id, until)


async def pull_feeds(app: FastAPI) -> None:
    """Fetch what is due, four feeds at once, until cancelled. A slow server takes one place, and nobody else's time."""
    settings: ReportsSettings = app.state.settings
    bounds = Bounds(settings.feed_pull_seconds, settings.feed_max_bytes, settings.feed_allow_loopback)
    running: dict[str, asyncio.Task[None]] = {}
    async with client() as http:
        puller = Puller(app.state.database, _SYSTEM, http, bounds)
        try:
            while True:
                try:
                    await _start_due(puller, settings, running)
                except AWAY as error:
                    logger.warning("fetching waits for the database", error=repr(error))
                await asyncio.sleep(PULL_SECONDS)
        finally:
            for task in running.values():
                task.cancel()
            await asyncio.gather(*running.values(), return_exceptions=True)


async def _start_due(puller: Puller, settings: ReportsSettings, running: dict[str, asyncio.Task[None]]) -> None:
    """Begin to fetch feeds that are due, as far as there are places; raises what an ended fetch came to."""
    for feed_id in [each for each, task in running.items() if task.done()]:
        running.pop(feed_id).result()
    held = _credentials(settings)
    async with puller.database.transaction(_SYSTEM) as session:
        await settle_credentials(session, held.keys())
    async with puller.database.transaction(_SYSTEM) as session:
        waiting = due_feeds().where(Feed.id.not_in(running)).limit(AT_ONCE - len(running))
        due = [(feed.id, feed.credentials) for feed in (await session.execute(waiting)).scalars()]
    for feed_id, name in due:
        running[feed_id] = asyncio.create_task(puller.pull(feed_id, held.get(name or "")))


def _credentials(settings: ReportsSettings) -> dict[str, Credentials]:
    try:
        return settings.read_credentials()
    except (OSError, ValueError, ValidationError) as error:
        # Never what it says: it would show what the file holds. Feeds that need credentials are not configured meanwhile.
        logger.warning("the file of feed credentials cannot be read", error=type(error).__name__)
        return {}
