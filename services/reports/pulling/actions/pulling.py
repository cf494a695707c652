"""Fetching what is due: one fetch at a time per feed over any number of processes, each document its own transaction.

A fetch that is broken off goes on where it was: what was taken in is noted in the transaction that took it in.
"""

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.columns import now
from chassis.database import AWAY, Database
from chassis.errors import Problem
from chassis.logs import log
from chassis.principal import Principal
from services.reports.feeds.adapters.credentials import Credentials
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.registry import ADAPTERS, Adapter
from services.reports.feeds.rules import next_pull, retry_at
from services.reports.feeds.tables import Feed, FeedHealth
from services.reports.intake.actions import Delivery, receive_delivery
from services.reports.pulling.actions.fetching import Bounds, Fetched, Fetcher, FetchFailed

MAX_DOCUMENTS = 200
# All documents of one round may take this many times what one may.
ROUND = 5
logger = log(__name__)
UNSPECIFIC = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_LOCK = text("select pg_try_advisory_lock(hashtextextended(:key, 0))")
_UNLOCK = text("select pg_advisory_unlock(hashtextextended(:key, 0))")


@dataclass(frozen=True)
class Puller:
    """All a fetch needs, wired in jobs.py."""

    database: Database
    principal: Principal
    bounds: Bounds

    async def pull(self, feed_id: str, credentials: Credentials | None) -> None:
        """Fetch a feed that is due, unless another process does; note how it went."""
        async with _sole(self.database, feed_id) as is_ours:
            feed = await self._due(feed_id) if is_ours else None
            if feed is None or feed.url is None:
                return
            fetcher = Fetcher(self.bounds, feed.url, credentials)
            try:
                problem = await self._try(feed, fetcher)
            finally:
                await fetcher.close()
            if problem is not None:
                await self._note_failure(feed_id, problem)

    async def _try(self, feed: Feed, fetcher: Fetcher) -> str | None:
        """One round within its time; what went wrong, or None."""
        try:
            async with asyncio.timeout(self.bounds.seconds * ROUND):
                await self._round(feed, fetcher)
        except Problem as problem:
            return f"{problem.title}: {problem.detail}"
        except TimeoutError:
            return "Not all of it arrived in time; the rest is fetched next time."
        except AWAY:
            raise
        except Exception:
            # A document that our own code stumbles over must not keep every other feed from being fetched.
            logger.exception("a fetched document could not be taken in", feed=feed.id)
            return "What was fetched could not be read, which is our mistake; it is in the log."
        return None

    async def _due(self, feed_id: str) -> Feed | None:
        """The feed, if it is still due: another process may have fetched it while this one came here."""
        async with self.database.transaction(self.principal) as session:
            return (await session.execute(due_feeds().where(Feed.id == feed_id))).scalar_one_or_none()

    async def _round(self, feed: Feed, fetcher: Fetcher) -> None:
        health, adapter = feed.health, ADAPTERS[feed.adapter]
        first = await fetcher.fetch(str(feed.url), _conditions(health))
        if first.body is None:
            await self._finish(feed.id, Fetched(None, "", health.etag, health.last_modified), health.taken)
            return
        following = adapter.follow(first.body, str(feed.url))
        if following.is_delivery:
            await self._take(feed.id, adapter, first, None)
        listed = [str(httpx.URL(str(feed.url)).join(address)) for address in following.addresses]
        await self._documents(feed, adapter, fetcher, _waiting(listed, following, health.taken))
        await self._finish(feed.id, first, listed if following.is_index else [])

    async def _documents(self, feed: Feed, adapter: Adapter, fetcher: Fetcher, waiting: list[str]) -> None:
        """The documents named by the first one, and those they name. FetchFailed when there is no end to them."""
        seen = {str(feed.url)}
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            if len(seen) > MAX_DOCUMENTS:
                raise FetchFailed(f"It names more than {MAX_DOCUMENTS} documents; the rest is fetched next time.")
            document = await fetcher.fetch(address)
            if document.body is not None:
                waiting += [str(httpx.URL(address).join(each)) for each in adapter.follow(document.body, address).addresses]
                await self._take(feed.id, adapter, document, address)

    async def _take(self, feed_id: str, adapter: Adapter, document: Fetched, address: str | None) -> None:
        async with self.database.transaction(self.principal) as session:
            await _deliver(session, feed_id, media_type_of(adapter, document.media_type), document.body or b"")
            health = await _lock_health(session, feed_id)
            if address is not None and address not in health.taken:
                health.taken = [*health.taken, address]

    async def _finish(self, feed_id: str, first: Fetched, listed: list[str]) -> None:
        """All was taken in: next time only what changed. An answer at all is a sign of life, also that nothing is new (R7)."""
        async with self.database.transaction(self.principal) as session:
            health = await _lock_health(session, feed_id)
            feed = await session.get_one(Feed, feed_id)
            at = now()
            health.etag, health.last_modified, health.taken = first.etag, first.last_modified, listed
            health.failures, health.last_error, health.last_pull_at = 0, None, at
            health.next_pull_at = next_pull(at, feed.pull_every_minutes or 1)
            if first.body is None:
                health.last_delivery_at = at

    async def _note_failure(self, feed_id: str, problem: str) -> None:
        async with self.database.transaction(self.principal) as session:
            health = await _lock_health(session, feed_id)
            health.failures, health.last_error, health.last_pull_at = health.failures + 1, problem[:500], now()
            # A page that is gone would be asked for without an end: next time the one before it leads on.
            health.taken = health.taken[:-1]
            health.next_pull_at = retry_at(now(), health.failures)


async def _deliver(session: AsyncSession, feed_id: str, media_type: str, body: bytes) -> None:
    """Take in what was fetched like what is delivered."""
    delivery = Delivery(media_type, hashlib.sha256(body).hexdigest(), len(body), io.BytesIO(body))
    receipt = await receive_delivery(session, feed_id, delivery)
    await audit.record(session, "pullFeed", [feed_id, str(receipt.id)], "202")


def due_feeds() -> Select[Feed]:
    """Feeds to be fetched now, the longest waiting first."""
    query = select(Feed).join(FeedHealth).where(Feed.url.is_not(None), Feed.configured, FeedHealth.next_pull_at <= now())
    return query.order_by(FeedHealth.next_pull_at)


async def next_fetch(session: AsyncSession, running: list[str]) -> datetime | None:
    """When the next feed is to be fetched, but for those that are being fetched."""
    query = select(func.min(FeedHealth.next_pull_at)).select_from(Feed).join(FeedHealth)
    waiting = query.where(Feed.url.is_not(None), Feed.configured, Feed.id.not_in(running))
    return (await session.execute(waiting)).scalar()


def media_type_of(adapter: Adapter, served: str) -> str:
    """What a document is read as: what it is served as, or what the adapter reads first where that says nothing. FetchFailed else."""
    found = adapter.served_as.get(served, served)
    if found in adapter.reads:
        return found
    if served in UNSPECIFIC:
        return next(iter(adapter.reads))
    raise FetchFailed(f"It is served as {served[:60]}, which this feed's adapter does not read.")


def _waiting(listed: list[str], following: Following, taken: list[str]) -> list[str]:
    """What is still to be fetched: of an index what was not taken in, of pages the last that was, since it names the next."""
    if following.is_index:
        return [each for each in listed if each not in taken]
    return taken[-1:] or listed


def _conditions(health: FeedHealth) -> dict[str, str]:
    """Conditions of the last whole fetch; after one that was broken off everything is asked for again."""
    found = {"if-none-match": health.etag, "if-modified-since": health.last_modified}
    return {name: value for name, value in found.items() if value and not health.failures}


async def _lock_health(session: AsyncSession, feed_id: str) -> FeedHealth:
    return await session.get_one(FeedHealth, feed_id, with_for_update=True, populate_existing=True)


@asynccontextmanager
async def _sole(database: Database, feed_id: str) -> AsyncIterator[bool]:
    """True while this process alone fetches the feed; the lock goes with the connection, so a crash lets go of it."""
    async with database.engine.connect() as connection:
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        key = {"key": f"feed pull: {feed_id}"}
        is_ours = bool((await connection.execute(_LOCK, key)).scalar())
        try:
            yield is_ours
        finally:
            if is_ours:
                await connection.execute(_UNLOCK, key)
