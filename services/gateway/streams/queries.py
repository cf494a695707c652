"""Reads of the event log, and the bell that tells streams of news."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.logs import log
from services.gateway.streams.tables import StoredEvent

logger = log(__name__)
_SETTLED = text("transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
_NEWEST = text("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1")
BATCH = 200


@dataclass(frozen=True)
class Position:
    """A place in the log; nothing is ever added before what was read."""

    transaction: int
    number: int


async def newest_position(session: AsyncSession) -> Position:
    """Behind everything settled so far."""
    return Position((await session.execute(_NEWEST)).scalar_one(), 2**62)


async def position_of(session: AsyncSession, event_id: UUID) -> Position | None:
    """Where the caller has read to; None for an event it may not know of or that is no longer kept."""
    event = await session.get(StoredEvent, event_id)
    return Position(event.transaction, event.position) if event else None


async def read_after(session: AsyncSession, position: Position) -> list[StoredEvent]:
    """The next events the caller may know of, in order."""
    order = (StoredEvent.transaction, StoredEvent.position)
    after = tuple_(*order) > (position.transaction, position.number)
    query = select(StoredEvent).where(after, _SETTLED).order_by(*order).limit(BATCH)
    return list((await session.execute(query)).scalars())


class Bell:
    """Rings for everybody who waits when the database notifies a channel. One connection per process."""

    def __init__(self, dsn: str, *channels: str) -> None:
        self._dsn, self._channels = dsn, channels
        self._rung = {channel: asyncio.Event() for channel in channels}

    async def wait(self, channel: str, seconds: float) -> bool:
        """True when `channel` rang within `seconds`."""
        rung = self._rung[channel]
        try:
            await asyncio.wait_for(rung.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection everybody is woken, since a notice may have been missed."""
        while True:
            try:
                async with await AsyncConnection.connect(self._dsn, autocommit=True) as connection:
                    await self._listen(connection)
            except OperationalError as error:
                logger.warning("bell interrupted", error=repr(error))
                await asyncio.sleep(0.5)

    async def _listen(self, connection: "AsyncConnection[object]") -> None:
        for channel in self._channels:
            await connection.execute(f"listen {channel}".encode())
            self._ring(channel)
        async for notice in connection.notifies():
            self._ring(notice.channel)

    def _ring(self, channel: str) -> None:
        self._rung[channel].set()
        self._rung[channel] = asyncio.Event()
