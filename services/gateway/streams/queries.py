"""Reads of the event log."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway.streams.errors import TooManyStreams
from services.gateway.streams.tables import StoredEvent

_ORDER = (StoredEvent.transaction, StoredEvent.position)
_THIN: Final[tuple[Any, ...]] = (
    StoredEvent.id, StoredEvent.type, StoredEvent.version, StoredEvent.time, StoredEvent.subject_type, StoredEvent.subject_id,
    StoredEvent.requestid,
)  # fmt: skip
BATCH = 200


@dataclass(frozen=True)
class Position:
    """A place in the log; nothing is ever added before what was read."""

    transaction: int
    number: int


async def newest_position(session: AsyncSession) -> Position:
    """Behind the last event there is, in a transaction that sees them all: what is being stored right now comes behind it."""
    last = (await session.execute(select(*_ORDER).order_by(*(each.desc() for each in _ORDER)).limit(1))).first()
    return Position(*last) if last else Position(0, 0)


def event_id_of(header: str) -> UUID | None:
    """The key in a Last-Event-ID; None for what is none of ours."""
    try:
        return UUID(header)
    except ValueError:
        return None


class OpenStreams:
    """How many streams each client holds open in this process."""

    def __init__(self, limit: int) -> None:
        self._limit, self._open = limit, Counter[str]()

    @contextmanager
    def take(self, client_id: str) -> Iterator[None]:
        """One more is open meanwhile; TooManyStreams when that is over the limit."""
        if self._open[client_id] >= self._limit:
            raise TooManyStreams(self._limit)
        self._open[client_id] += 1
        try:
            yield
        finally:
            self._open[client_id] -= 1


async def position_of(session: AsyncSession, event_id: UUID) -> Position | None:
    """Where the caller has read to; None for an event it may not know of or that is no longer kept."""
    event = await session.get(StoredEvent, event_id)
    return Position(event.transaction, event.position) if event else None


async def read_after(session: AsyncSession, position: Position) -> Sequence[Any]:
    """Of the next events the caller may know of what is told of them, in order, and their positions."""
    after = tuple_(*_ORDER) > (position.transaction, position.number)
    query = select(*_THIN, *_ORDER).where(after).order_by(*_ORDER).limit(BATCH)
    return (await session.execute(query)).all()
