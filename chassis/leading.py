"""Work that one process of many does: whoever holds the advisory lock; the others wait to take over."""

import asyncio
from collections.abc import Awaitable, Callable

from psycopg import AsyncConnection, OperationalError
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier
from sqlalchemy import exc

from chassis.logs import log

_LOCK = "select pg_try_advisory_lock(hashtext(%s))"
WAIT_SECONDS = 1.0
logger = log(__name__)
Connection = AsyncConnection[TupleRow]


async def lead(dsn: str, channel: str, work: Callable[[Connection], Awaitable[None]], passing: type[Exception] = OSError) -> None:
    """Until cancelled: be the one that does `work`, woken by NOTIFY on `channel` and at least once a second.

    A lost database, and what `passing` names, is waited for; the lock is given up meanwhile.
    """
    while True:
        try:
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                await _take_over(connection, channel)
                while True:
                    await work(connection)
                    async for _ in connection.notifies(timeout=WAIT_SECONDS, stop_after=1):
                        pass
        except (OperationalError, exc.OperationalError, exc.InterfaceError, passing) as error:
            logger.warning("interrupted", work=channel, error=repr(error))
            await asyncio.sleep(0.5)


async def _take_over(connection: Connection, channel: str) -> None:
    while not await _holds_lock(connection, channel):
        await asyncio.sleep(WAIT_SECONDS)
    await connection.execute(SQL("listen {}").format(Identifier(channel)))


async def _holds_lock(connection: Connection, channel: str) -> bool:
    row = await (await connection.execute(_LOCK, (channel,))).fetchone()
    return bool(row and row[0])
