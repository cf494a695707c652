"""The relay: publishes the outbox in order, then a watermark behind it, so that readers know how fresh they are.

One relay works per database: a led task (chassis.runner).
"""

import json
from datetime import datetime

from chassis.bus import BATCH, Bus, Message
from chassis.leading import Connection

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


class Relay:
    """Publishes what the outbox of `service` holds, woken by NOTIFY and at least once a second."""

    def __init__(self, bus: Bus, service: str) -> None:
        self._bus, self._service = bus, service
        self._marked = 0.0

    async def relay(self, connection: Connection) -> None:
        """One round, on the connection that holds the lead. BusUnavailable when unsure."""
        clock = await self._now(connection)
        while await self._publish(connection):
            continue
        await self._mark(clock, await self._settled(connection, clock))

    @staticmethod
    async def _now(connection: Connection) -> datetime:
        row = await (await connection.execute(_CLOCK)).fetchone()
        assert row is not None
        clock: datetime = row[0]
        return clock

    @staticmethod
    async def _settled(connection: Connection, clock: datetime) -> datetime:
        """Up to when everything is published, at most `clock`."""
        row = await (await connection.execute(_HELD, (clock,))).fetchone()
        assert row is not None
        until: datetime = row[0]
        return until

    async def _publish(self, connection: Connection) -> bool:
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
