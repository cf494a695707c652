"""The relay: publishes the outbox in order, then a watermark behind it, so that readers know how fresh they are.

One relay works per database, whoever holds the advisory lock; the others wait to take over.
"""

import asyncio
import json
from datetime import datetime

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import TupleRow

from chassis.bus import BATCH, Bus, BusUnavailable, Message
from chassis.logs import log

_LOCK = "select pg_try_advisory_lock(hashtext('outbox relay'))"
# Below the oldest running transaction nothing can appear any more: what is read is all there is, in order.
_READ = (
    "select seq, id::text, type, event::text from outbox where published_at is null"
    " and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint order by seq limit %s"
)
_MARK = "update outbox set published_at = now() where seq = any(%s)"
_CLOCK = "select now()"
# An event that committed behind a transaction that still runs is held back by _READ: the watermark must not pass it.
_HELD = "select least(%s, min(recorded_at)) from outbox where published_at is null"
WATERMARK_SECONDS = 1.0
logger = log(__name__)


class Relay:
    """Publishes what the outbox of `service` holds, woken by NOTIFY and at least once a second."""

    def __init__(self, dsn: str, bus: Bus, service: str) -> None:
        self._dsn, self._bus, self._service = dsn, bus, service
        self._marked = 0.0

    async def run(self) -> None:
        """Relay until cancelled; a lost database or bus is waited for."""
        while True:
            try:
                async with await AsyncConnection.connect(self._dsn, autocommit=True) as connection:
                    await self._lead(connection)
            except (OperationalError, BusUnavailable) as error:
                logger.warning("relay interrupted", error=repr(error))
                await asyncio.sleep(0.5)

    async def _lead(self, connection: AsyncConnection[TupleRow]) -> None:
        while not await self._holds_lock(connection):
            await asyncio.sleep(1)
        await connection.execute("listen outbox")
        while True:
            clock = await self._now(connection)
            while await self._publish(connection):
                continue
            await self._mark(clock, await self._settled(connection, clock))
            async for _ in connection.notifies(timeout=WATERMARK_SECONDS, stop_after=1):
                pass

    @staticmethod
    async def _holds_lock(connection: AsyncConnection[TupleRow]) -> bool:
        row = await (await connection.execute(_LOCK)).fetchone()
        return bool(row and row[0])

    @staticmethod
    async def _now(connection: AsyncConnection[TupleRow]) -> datetime:
        row = await (await connection.execute(_CLOCK)).fetchone()
        assert row is not None
        clock: datetime = row[0]
        return clock

    @staticmethod
    async def _settled(connection: AsyncConnection[TupleRow], clock: datetime) -> datetime:
        """Up to when everything is published, at most `clock`."""
        row = await (await connection.execute(_HELD, (clock,))).fetchone()
        assert row is not None
        until: datetime = row[0]
        return until

    async def _publish(self, connection: AsyncConnection[TupleRow]) -> bool:
        """Publish one batch; False when the outbox is empty."""
        rows = await (await connection.execute(_READ, (BATCH,))).fetchall()
        if not rows:
            return False
        await self._bus.publish([Message(subject=row[2], key=row[1], payload=row[3].encode()) for row in rows])
        await connection.execute(_MARK, ([row[0] for row in rows],))
        return True

    async def _mark(self, clock: datetime, until: datetime) -> None:
        """Everything committed before `until` is published: say so, once a second."""
        if clock.timestamp() - self._marked < WATERMARK_SECONDS * 0.9:
            return
        await self._bus.mark(self._service, json.dumps({"seen_until": until.isoformat()}).encode())
        self._marked = clock.timestamp()
