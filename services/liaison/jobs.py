"""What liaison does by itself: it restricts, fetches and screens, imports, and announces what the clock made."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.errors import Problem
from chassis.logs import log
from chassis.outbound import ExchangeFailed, Outbound
from chassis.principal import system_principal
from chassis.runner import Reader, Round, Task, seconds_until
from services.liaison.commitments.actions import sweep_commitment
from services.liaison.concurrence.actions import sweep_concurrence
from services.liaison.concurrence.queries import next_unswept
from services.liaison.contacts.actions import announce_reviews, restrict_unreviewed
from services.liaison.handover.actions.running import import_started
from services.liaison.screening.actions import replace_list, screen_next
from services.liaison.screening.adapters.consolidated import MAX_BYTES
from services.liaison.settings import LiaisonSettings

REVIEW_SECONDS, IDLE_SECONDS = 60.0, 30.0
FETCH_SECONDS, RETRY_SECONDS, IMPORT_LIMIT = 120.0, 900.0, 4 * 3600.0
_HEADERS = {"user-agent": "GoodOffices/1", "accept": "*/*", "accept-encoding": "identity"}
_SYSTEM = system_principal("liaison")
logger = log(__name__)
Batch = Callable[[AsyncSession], Awaitable[int | bool]]


def background(app: FastAPI) -> list[Task | Reader]:
    """Run by each process: rows are locked by whoever works on them, and passed over by others.

    What people do announces an event, which wakes; what the clock does is looked for now and then.
    """
    database: Database = app.state.database
    settings: LiaisonSettings = app.state.settings
    return [
        _batches(database, "restricted contacts", restrict_unreviewed, REVIEW_SECONDS, rest=30.0),
        _batches(database, "reminders of reviews", announce_reviews, REVIEW_SECONDS, rest=30.0),
        _batches(database, "screening", screen_next, IDLE_SECONDS, rest=2.0),
        _woken("what the clock made", lambda: sweep_once(database)),
        _woken("imports", lambda: import_started(database, settings.packages_folder), IMPORT_LIMIT),
        Task(
            name="sanctions list",
            work=lambda: fetch_sanctions_list(app),
            every=settings.sanctions_list_hours * 3600,
            limit=2 * FETCH_SECONDS,
            overdue=3 * FETCH_SECONDS,
        ),
    ]


def _woken(name: str, work: Round, limit: float = 300.0) -> Task:
    return Task(
        name=name,
        work=work,
        every=IDLE_SECONDS,
        wake_on="outbox",
        rest=0.5,
        limit=limit,
        overdue=limit,
    )


def _batches(database: Database, name: str, batch: Batch, every: float, rest: float) -> Task:
    return Task(
        name=name,
        work=lambda: work_off(database, batch),
        every=every,
        wake_on="outbox",
        rest=rest,
        limit=300.0,
    )


async def work_off(database: Database, *batches: Batch) -> None:
    """Work in batches, a transaction each, until there is nothing to do."""
    for batch in batches:
        done: int | bool = True
        while done:
            async with database.transaction(_SYSTEM) as session:
                done = await batch(session)


async def sweep_once(database: Database) -> float | None:
    """Announce what has become due, a transaction for each: every check judges by the clock (R2).

    In how many seconds the clock gives or ends the next concurrence.
    """
    await work_off(database, sweep_concurrence, sweep_commitment)
    async with database.transaction(_SYSTEM) as session:
        return seconds_until(await next_unswept(session))


async def fetch_sanctions_list(app: FastAPI) -> float | None:
    """Fetch the list from where it is published; nothing where no address is configured."""
    url: str | None = app.state.settings.sanctions_list_url
    if url is None:
        return None
    try:
        raw = await download(url)
        async with app.state.database.transaction(_SYSTEM) as session:
            await replace_list(session, raw, "configured address", configured=True)
    except Problem as problem:
        # The list that is held stays; GET /v1/sanctions-list tells its age.
        logger.warning("the consolidated list was not fetched", why=problem.detail)
        return RETRY_SECONDS
    return None


async def download(url: str) -> bytes:
    """The body, from an address its administrator chose: it may lie in the office's own network."""
    outbound = Outbound(FETCH_SECONDS, MAX_BYTES, allow_loopback=True, allow_private=True)
    try:
        answer = await outbound.exchange("GET", url, _HEADERS)
    finally:
        await outbound.close()
    if answer.status != 200:
        raise ExchangeFailed(f"The server answered {answer.status}.")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise ExchangeFailed("The server packs what was asked for unpacked.")
    return answer.body
