"""What coordination does by itself: it delivers what is queued, and notes that mandates lapsed."""

from uuid import UUID

from fastapi import FastAPI

from chassis.database import AWAY, Database
from chassis.errors import StaleCopy
from chassis.logs import log
from chassis.principal import system_principal
from chassis.runner import Reader, Task, seconds_until
from services.coordination.exchange.actions import deliver_package
from services.coordination.exchange.queries import queued_packages
from services.coordination.mandates.actions import settle_lapses
from services.coordination.mandates.queries import lapsed_mandates, next_lapse

IDLE_SECONDS = 30.0
# A package that could not go now goes as soon as our copy is fresh again.
_AGAIN_SECONDS = 0.25
_SYSTEM = system_principal("coordination")
logger = log(__name__)


def background(app: FastAPI) -> list[Task | Reader]:
    """Run by each process: a package is locked by whoever delivers it, an organization by whoever
    settles its mandates."""
    database: Database = app.state.database
    return [
        Task(
            name="deliveries",
            work=lambda: deliver_all(database),
            every=IDLE_SECONDS,
            wake_on="packages",
            limit=300.0,
        ),
        # Woken by each event of ours, since that may have changed when the next mandate ends.
        Task(
            name="mandates",
            work=lambda: sweep_mandates(database),
            every=IDLE_SECONDS,
            wake_on="outbox",
            rest=1.0,
        ),
    ]


async def deliver_all(database: Database) -> float | None:
    """One transaction for each; while our copy of the reports is stale nothing goes."""
    async with database.transaction(_SYSTEM) as session:
        waiting = await queued_packages(session)
    try:
        for package_id in waiting:
            await _deliver(database, package_id)
    except StaleCopy as stale:
        logger.info("delivery waits", waiting=len(waiting), why=stale.detail)
    return _AGAIN_SECONDS if waiting else None


async def _deliver(database: Database, package_id: UUID) -> None:
    try:
        async with database.transaction(_SYSTEM) as session:
            await deliver_package(session, package_id)
    except (StaleCopy, *AWAY):
        raise
    except Exception:
        # One package that cannot be delivered must not hold up the others; it stays queued and is tried again.
        logger.exception("delivery failed", package=str(package_id))


async def sweep_mandates(database: Database) -> float | None:
    """Note the end of mandates that lapsed; in how many seconds the next one does.

    Every check judges lapse by the clock itself.
    """
    async with database.transaction(_SYSTEM) as session:
        slugs = sorted({mandate.organization for mandate in await lapsed_mandates(session)})
        lapse = await next_lapse(session)
    for slug in slugs:
        async with database.transaction(_SYSTEM) as session:
            await settle_lapses(session, slug)
    return seconds_until(lapse)
