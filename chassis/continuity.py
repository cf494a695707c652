"""Whether a reader has read a stream without a gap; and how a gap is closed, without a person.

A gap is open from the moment it is found. Nothing is read meanwhile: events that are there already
would come before those that are missing. The service that publishes the stream is asked behind which
message everything missing is to be found, and publishes it again when that is nowhere. Reading goes on
from there; the first watermark read closes the gap.
"""

import asyncio
import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Bus, BusUnavailable, Delivered, Place, StreamState
from chassis.database import Database
from chassis.logs import log
from chassis.marks import Mark
from chassis.principal import Principal
from chassis.publishing import MARGIN_SECONDS, Missing, address

ASK_SECONDS = 0.5
_OPEN = text("insert into places (source, stream, sequence) values (:source, '', 0) on conflict do nothing")
_PLACE = text("select * from places where source = :source")
_GAP = text(
    "update places set gap_since = coalesce(gap_since, now()), gap = :gap, resumed = null,"
    " reading = reading + 1"
    " where source = :source and reading = :reading and sequence = :sequence returning reading"
)
LOST = "its outbox does not reach back so far"
_LOST = text(
    "update places set gap_since = coalesce(gap_since, now()),"
    " gap = concat_ws('; ', gap, cast(:lost as text))"
    " where source = :source and coalesce(gap, '') not like '%' || :lost returning gap"
)
_SEEN = text("select seen_until, ordinal from watermarks where source = :source")
_RESUME = text(
    "update places set stream = :stream, sequence = :behind, resumed = :behind"
    " where source = :source and reading = :reading and resumed is null returning reading"
)
# One statement for whoever moves on; another process may have been there, or have found a gap.
_MOVE = text(
    "update places set sequence = :sequence, gap_since = case when :closes then null else gap_since end,"
    " gap = case when :closes then null else gap end"
    " where source = :source and stream = :stream and sequence < :sequence and reading = :reading"
    " returning sequence"
)
_READING = text("select reading from places where source = :source")
logger = log(__name__)


class GapFound(BusUnavailable):
    """Messages are missing before those that came."""


def find_gap(stream: str, sequence: int, found: StreamState) -> str | None:
    """Why what is in the stream does not follow what was read up to `sequence` of `stream`.

    Where nothing was ever read, nothing is broken: what there is to know is asked for.
    """
    if not stream:
        return None
    if stream != found.identity:
        return "the stream is another one"
    if sequence > found.last:
        return "the stream ends before what was read"
    if found.first > sequence + 1:
        return "messages were removed before they were read"
    return None


class Continuity:
    """The place of a service in the stream of another, kept with what it did there."""

    def __init__(self, database: Database, bus: Bus, principal: Principal, source: str) -> None:
        self._database, self._bus = database, bus
        self._principal, self._source = principal, source
        self._reading, self._gap = 0, False

    async def settle(self) -> Place | None:
        """Behind which message to read on; None while what is missing is not there yet."""
        row, found, gap = await self.examine()
        if not row.stream or (self._gap and (gap or row.resumed is None)):
            return await self._resume(found)
        return Place(row.stream, row.sequence)

    async def examine(self) -> tuple[Any, StreamState, str | None]:
        """The place, the stream, and why the one does not follow the other: that gap is noted, and nothing is fresh from then on.

        Done before a process serves anything: its copy looks fresh for five seconds after its last mark,
        whatever was lost meanwhile.
        """
        # In this order: another process may move on meanwhile, and has then read what is found.
        row = await self._row()
        found = await self._bus.find_stream(self._source)
        gap = find_gap(row.stream, row.sequence, found)
        if gap and (row.gap_since is None or row.resumed is not None):
            await self._open(row.sequence, gap)
            row = await self._row()
        self._gap = row.gap_since is not None
        return row, found, gap

    async def _row(self) -> Any:
        async with self._database.transaction(self._principal) as session:
            await session.execute(_OPEN, {"source": self._source})
            row = (await session.execute(_PLACE, {"source": self._source})).one()
        self._reading = row.reading
        return row

    async def _open(self, sequence: int, gap: str) -> None:
        """Note the gap, unless another process has been there."""
        values = {"source": self._source, "reading": self._reading, "sequence": sequence}
        async with self._database.transaction(self._principal) as session:
            opened = (await session.execute(_GAP, values | {"gap": gap})).scalar() is not None
        if opened:
            logger.warning("gap", source=self._source, found=gap, behind=sequence)

    async def _resume(self, found: StreamState) -> Place | None:
        """Ask where everything missing is to be found, and go on there."""
        behind = await self._ask(found)
        if behind is None:
            await asyncio.sleep(ASK_SECONDS)
            return None
        values = {"source": self._source, "stream": found.identity, "behind": behind}
        async with self._database.transaction(self._principal) as session:
            told = await session.execute(_RESUME, values | {"reading": self._reading})
            resumed = told.scalar()
        if resumed is None:
            # Another process was told, maybe, another place: it is the one to read on from.
            return None
        logger.info("reading goes on", source=self._source, behind=behind)
        return Place(found.identity, behind)

    async def _ask(self, found: StreamState) -> int | None:
        async with self._database.transaction(self._principal) as session:
            seen = (await session.execute(_SEEN, {"source": self._source})).one_or_none()
        since = (seen.seen_until - timedelta(seconds=MARGIN_SECONDS)).isoformat() if seen else None
        ordinal = (seen.ordinal or None) if seen else 0
        missing = Missing(found.identity, found.first, ordinal, since)
        answer = await self._bus.ask(address(self._source), missing.payload())
        told = json.loads(answer) if answer else {}
        if not told.get("kept", True):
            await self._note_lost(seen)
        behind: int | None = told.get("behind")
        return behind

    async def _note_lost(self, seen: Any) -> None:
        """The gap stays open, and says why: what is missing is nowhere any more."""
        values = {"source": self._source, "lost": LOST}
        async with self._database.transaction(self._principal) as session:
            noted = (await session.execute(_LOST, values)).scalar() is not None
        if noted:
            logger.error("a gap cannot be closed", source=self._source, why=LOST, seen=str(seen))

    async def require_unbroken(self, last: int, messages: list[Delivered]) -> None:
        """GapFound when messages between those that came, or behind `last`, were removed before they came."""
        numbers = [last, *(message.place.sequence for message in messages)]
        before = next((one for one, other in pairwise(numbers) if other > one + 1), None)
        # Between them may be what nobody here asked for. What was removed was so from the beginning.
        if before is not None and (await self._bus.find_stream(self._source)).first > before + 1:
            raise GapFound(f"messages behind {before} were removed")

    async def move(self, session: AsyncSession, place: Place, closes: bool = False) -> bool:
        """Move on to `place`, alone; False when another process has been there. GapFound when one found a gap."""
        values = {"source": self._source, "stream": place.stream, "sequence": place.sequence}
        told = values | {"reading": self._reading, "closes": closes}
        if (await session.execute(_MOVE, told)).scalar() is not None:
            return True
        reading = (await session.execute(_READING, {"source": self._source})).scalar()
        if reading != self._reading:
            raise GapFound("another process found a gap")
        return False

    async def pass_mark(self, session: AsyncSession, mark: Mark, place: Place) -> bool:
        """Move on behind a watermark, which closes a gap; False when another process has been there."""
        if mark.stream not in (None, place.stream):
            raise GapFound("the watermark speaks of another stream")
        moved = await self.move(session, place, closes=True)
        if moved and self._gap:
            self._gap = False
            logger.warning("gap closed", source=self._source, at=place.sequence)
        return moved
