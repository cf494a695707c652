"""What reports does by itself: it works off large deliveries, announces silent feeds, and fetches those that have an address."""

from fastapi import FastAPI
from pydantic import ValidationError

from chassis.database import Database
from chassis.errors import NotAuthenticated
from chassis.listening import Listener
from chassis.logs import log
from chassis.principal import system_principal
from chassis.revocations import Epochs
from chassis.runner import Reader, Task, seconds_until
from chassis.slots import Slots
from services.reports.feeds.actions import announce_silence, settle_credentials
from services.reports.feeds.adapters.credentials import Credentials
from services.reports.feeds.tables import Feed
from services.reports.intake.actions import CHANNEL, work_off
from services.reports.pulling.actions import ROUND, Bounds, Puller, due_feeds, next_fetch
from services.reports.searches.actions import look_for, pause_search
from services.reports.searches.queries import due_searches
from services.reports.settings import ReportsSettings

SWEEP_SECONDS, PULL_SECONDS, IDLE_SECONDS = 5.0, 10.0, 30.0
# The largest delivery there may be takes hours.
STORE_SECONDS = 12 * 3600.0
AT_ONCE = 4
_AGAIN_SECONDS = 1.0
_SYSTEM = system_principal("reports").model_copy(update={"client_id": "system:feeds"})
logger = log(__name__)


def background(app: FastAPI) -> list[Task | Reader]:
    """One process of many stores and searches; each fetches, since a lock lets one fetch a feed."""
    database: Database = app.state.database
    pulling = Pulling(database, app.state.settings, app.state.listener)
    return [
        Task(
            name="stored deliveries",
            led=lambda _: store_deliveries(database),
            every=IDLE_SECONDS,
            wake_on=CHANNEL,
            limit=STORE_SECONDS,
            overdue=STORE_SECONDS,
        ),
        Task(
            name="searches",
            led=lambda _: watch_once(database, app.state.epochs),
            every=SWEEP_SECONDS,
            wake_on="searches",
            limit=300.0,
        ),
        Task(name="silent feeds", work=lambda: sweep_once(database), every=SWEEP_SECONDS),
        Task(
            name="feeds",
            work=pulling.start_due,
            close=pulling.close,
            every=PULL_SECONDS,
            wake_on="outbox",
            rest=1.0,
        ),
    ]


async def store_deliveries(database: Database) -> float | None:
    """Store what was kept (R5); when to go on, in seconds."""
    stored = await work_off(database)
    return None if stored is None else 0.0 if stored else _AGAIN_SECONDS


async def sweep_once(database: Database) -> None:
    """Announce what the clock made of the feeds since the last time."""
    async with database.transaction(_SYSTEM) as session:
        await announce_silence(session)


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


class Pulling:
    """Fetches what is due, four feeds at once: a slow server takes one slot, and nobody's time."""

    def __init__(self, database: Database, settings: ReportsSettings, listener: Listener) -> None:
        bounds = Bounds(settings.feed_pull_seconds, settings.feed_max_bytes, settings.feed_allow_loopback)
        self._settings, self._database = settings, database
        self._puller = Puller(database, _SYSTEM, bounds)
        # A round of fetches has its own, shorter limit, and notes that it came to it.
        seconds = (ROUND + 1) * bounds.seconds
        self._slots = Slots(AT_ONCE, 1, seconds, lambda: listener.wake("outbox"))

    async def start_due(self) -> float | None:
        """Begin to fetch feeds that are due, as far as there are slots; when the next is due."""
        held = _credentials(self._settings)
        async with self._database.transaction(_SYSTEM) as session:
            await settle_credentials(session, held.keys())
        async with self._database.transaction(_SYSTEM) as session:
            running = self._slots.pieces
            waiting = due_feeds().where(Feed.id.not_in(running)).limit(self._slots.free)
            due = [(feed.id, feed.credentials) for feed in (await session.execute(waiting)).scalars()]
            later = await next_fetch(session, [*running, *(feed_id for feed_id, _ in due)])
        for feed_id, name in due:
            work = self._puller.pull(feed_id, held.get(name or ""))
            self._slots.start(feed_id, feed_id, work)
        return seconds_until(later) if self._slots.free else None

    async def close(self) -> None:
        """Break off what is being fetched; it goes on where it was."""
        await self._slots.close()


def _credentials(settings: ReportsSettings) -> dict[str, Credentials]:
    try:
        return settings.read_credentials()
    except (OSError, ValueError, ValidationError) as error:
        # Never what it says: it would show what the file holds. Feeds that need credentials are not configured meanwhile.
        logger.warning("the file of feed credentials cannot be read", error=type(error).__name__)
        return {}
