"""Running imports to their end: by the service, over restarts, and by a command with somebody watching."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from chassis.database import AWAY, Database
from chassis.logs import log
from chassis.principal import system_principal
from services.liaison.handover.actions.importing import discard_package, import_batch, note_trouble
from services.liaison.handover.actions.receiving import receive_package, start_import
from services.liaison.handover.queries.handovers import find_importing, read_reconciliation
from services.liaison.handover.schemas import HandoverState, Reconciliation
from services.liaison.handover.tables import Handover

IMPORTER: Final = system_principal("liaison").model_copy(update={"client_id": "system:handover-import"})
_ELSEWHERE_SECONDS: Final = 0.1
logger = log(__name__)


async def import_started(database: Database, shelf: Path) -> None:
    """Place all that is to be placed of every hand-over that was started and lies on this shelf."""
    async with database.transaction(IMPORTER) as session:
        waiting = await find_importing(session)
    for handover_id, digest in waiting:
        try:
            await _import_all(database, shelf, handover_id, digest)
        except AWAY:
            raise
        except Exception:
            # One package that cannot go on must not hold up the others; its checkpoint stands, and it is tried again.
            logger.exception("import interrupted", handover=str(handover_id))
            async with database.transaction(IMPORTER) as session:
                await note_trouble(session, handover_id)


async def _import_all(database: Database, shelf: Path, handover_id: UUID, digest: str) -> None:
    """Batch after batch, each in a transaction of its own; after the last the unpacked package is removed."""
    worked = True
    while worked:
        async with database.transaction(IMPORTER) as session:
            worked = await import_batch(session, shelf, handover_id)
    async with database.transaction(IMPORTER) as session:
        ended = handover_id not in {key for key, _ in await find_importing(session)}
    if ended:
        await discard_package(shelf, digest)


class Importer:
    """One package on its way into liaison's database."""

    def __init__(self, database: Database, shelf: Path) -> None:
        self._database, self._shelf = database, shelf
        self._key, self._digest = UUID(int=0), ""

    @classmethod
    @asynccontextmanager
    async def open(cls, database: Database, shelf: Path) -> AsyncIterator["Importer"]:
        """An importer into a database, which it closes."""
        try:
            yield cls(database, shelf)
        finally:
            await database.close()

    async def receive(self, source: Path) -> int:
        """Take the package in and start it, or find where its import stands; how many records there are to place."""
        async with self._database.transaction(IMPORTER) as session:
            handover = await receive_package(session, self._shelf, source, tried_dry=False)
            if handover.state == HandoverState.ready:
                await start_import(session, self._shelf, handover.id)
            self._key, self._digest = handover.id, handover.digest
            return handover.records

    async def run(self) -> AsyncIterator[int]:
        """Place batch after batch; how many records have been looked at, after each. The service may be at it, too."""
        while True:
            async with self._database.transaction(IMPORTER) as session:
                worked = await import_batch(session, self._shelf, self._key)
            async with self._database.transaction(IMPORTER) as session:
                handover = await session.get_one(Handover, self._key)
                state, processed = handover.state, handover.processed
            yield processed
            if state == HandoverState.imported:
                await discard_package(self._shelf, self._digest)
                return
            if not worked:
                await asyncio.sleep(_ELSEWHERE_SECONDS)

    async def reconciliation(self) -> Reconciliation:
        """What became of the package."""
        async with self._database.transaction(IMPORTER) as session:
            return await read_reconciliation(session, self._key)
