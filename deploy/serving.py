"""The web server of one service: uvicorn, which looks once a second whether it is to end."""

import asyncio
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Final

import uvicorn

from chassis.connections import BoundedProtocol

_TICKS: Final = 10
# As uvicorn's own command ends then.
_STARTUP_FAILURE: Final = 3


class Server(uvicorn.Server):
    """Ticks once a second, which is as often as the Date header changes; a signal ends the wait."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        """Serve until told to end."""
        self._loop = asyncio.get_running_loop()
        counter = 0
        while not await self.on_tick(counter):
            counter = (counter + _TICKS) % 864_000
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._told.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came, in the main thread."""
        super().handle_exit(sig, frame)
        if self._loop is not None and threading.current_thread() is threading.main_thread():
            self._loop.call_soon_threadsafe(self._told.set)


def serve(service: str, host: str, port: int) -> None:
    """Serve one service until it is told to stop."""
    config = uvicorn.Config(
        f"services.{service}.app:create_app",
        factory=True,
        host=host,
        port=port,
        loop="uvloop",
        http=BoundedProtocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Longer than the gateway keeps its own ends (30 s): it must never ask on one that a service is closing just then.
        timeout_keep_alive=60,
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    server.run()
    if not server.started:
        sys.exit(_STARTUP_FAILURE)
