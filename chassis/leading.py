"""Work that one process of many does: whoever holds the advisory lock; the others wait to take over."""

import time
from contextlib import suppress
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

_LOCK = "select pg_try_advisory_lock(hashtext(%s))"
# Of a connection that broke off without a word the kernel tells after half a minute.
KEEPALIVES: Final[dict[str, Any]] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
# A connection that was used a moment ago is known to hold; its lock goes with it.
_KNOWN_SECONDS = 5.0
Connection = AsyncConnection[TupleRow]


class Lead:
    """One lock, on a connection of its own: a process that dies lets go of it."""

    def __init__(self, dsn: str, name: str) -> None:
        self._dsn, self._name = dsn, name
        self._connection: Connection | None = None
        self._used_at = 0.0
        self.is_held = False

    async def take(self) -> Connection | None:
        """The connection that holds the lock, to work on; None while another process leads.

        Raises psycopg.OperationalError when the database is away.
        """
        if self._connection is None:
            self._connection = await AsyncConnection.connect(self._dsn, autocommit=True, **KEEPALIVES)
        if not self.is_held:
            self.is_held = await self._ask(_LOCK, (self._name,))
        elif time.monotonic() - self._used_at > _KNOWN_SECONDS:
            await self._ask("select true")
        self._used_at = time.monotonic()
        return self._connection if self.is_held else None

    async def _ask(self, question: str, values: tuple[str, ...] = ()) -> bool:
        assert self._connection is not None
        row = await (await self._connection.execute(question.encode(), values)).fetchone()
        return bool(row and row[0])

    async def give_up(self) -> None:
        """Let another process lead: something failed here, or this process ends."""
        connection, self._connection, self.is_held = self._connection, None, False
        if connection is not None:
            with suppress(psycopg.Error, OSError):
                await connection.close()
