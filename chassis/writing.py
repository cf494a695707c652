"""Whether the database stores what it is given: on a full disk it still answers every question."""

import asyncio
import time
from typing import Any, Final

from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from chassis.database import Database

# How long a probe is believed. It makes a table: what has no room cannot.
BELIEVED_SECONDS: Final = 10.0
# Disk full and other resources, I/O errors, a server that only reads.
_REFUSALS: Final = ("53", "58", "25006")
_PROBE = text("create temporary table write_probe on commit drop as select repeat('x', 4000) as x")


class Writes:
    """Watches what a service's database refuses, and tries by itself when nobody wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._refused: str | None = None
        self._tried = float("-inf")
        event.listen(database.engine.sync_engine, "handle_error", self._hear)

    def _hear(self, context: Any) -> None:
        state = getattr(context.original_exception, "sqlstate", None) or ""
        if state.startswith(_REFUSALS):
            self._refused = type(context.original_exception).__name__

    async def refused(self, seconds: float) -> str | None:
        """Why the database refuses to write; None when it writes."""
        if self._refused is None and time.monotonic() - self._tried < BELIEVED_SECONDS:
            return None
        try:
            async with asyncio.timeout(seconds), self._database.engine.begin() as connection:
                await connection.execute(_PROBE)
        except (SQLAlchemyError, TimeoutError, OSError) as error:
            return type(getattr(error, "orig", None) or error).__name__
        self._refused, self._tried = None, time.monotonic()
        return None
