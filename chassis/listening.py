"""One LISTEN connection of a process for all its channels: who waits is woken by NOTIFY."""

import asyncio
from collections import defaultdict
from contextlib import suppress

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from chassis.leading import KEEPALIVES


class Listener:
    """Tells waiters of notices on the channels of a process; each channel is named before `run`."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._rung: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.is_listening = False

    def add(self, channel: str) -> None:
        """Listen on `channel`, too, from the next connection on."""
        self._rung[channel].clear()

    def next_notice(self, channel: str) -> asyncio.Event:
        """Set by the next notice on `channel`: taken before one looks, it misses nothing."""
        return self._rung[channel]

    async def wait(self, channel: str, seconds: float) -> bool:
        """True when `channel` is notified within `seconds`."""
        rung = self._rung[channel]
        with suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), seconds)
        return rung.is_set()

    def wake(self, channel: str) -> None:
        """Wake who waits on `channel` in this process, as a notice would."""
        self._rung.pop(channel, asyncio.Event()).set()
        self._rung[channel] = asyncio.Event()

    async def run(self) -> None:
        """Listen until cancelled. Raises when the connection is lost: the runner begins it anew."""
        try:
            async with await AsyncConnection.connect(self._dsn, autocommit=True, **KEEPALIVES) as connection:
                await self._listen(connection)
        finally:
            self.is_listening = False

    async def _listen(self, connection: "AsyncConnection[object]") -> None:
        for channel in list(self._rung):
            await connection.execute(SQL("listen {}").format(Identifier(channel)))
        self.is_listening = True
        # A notice may have been missed meanwhile.
        for channel in list(self._rung):
            self.wake(channel)
        while True:
            await _readable(connection.fileno())
            async for notice in connection.notifies(timeout=1.0, stop_after=1):
                self.wake(notice.channel)


async def _readable(socket: int) -> None:
    """Until the server has sent something: psycopg, left to wait, looks ten times a second."""
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(socket, came.set)
    try:
        await came.wait()
    finally:
        loop.remove_reader(socket)
