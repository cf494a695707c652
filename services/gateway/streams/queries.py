"""Reads of the event log."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway.streams.errors import TooManyStreams
from services.gateway.streams.tables import StoredEvent

_THIN: Final[tuple[Any, ...]] = (
    StoredEvent.id, StoredEvent.type, StoredEvent.version, StoredEvent.time, StoredEvent.subject_type, StoredEvent.subject_id,
    StoredEvent.requestid,
)  # fmt: skip
BATCH = 200


async def newest_position(session: AsyncSession) -> int:
    """Behind the last event there is, in a transaction that sees them all: what is being stored right now comes behind it."""
    return (await session.execute(select(func.max(StoredEvent.position)))).scalar() or 0


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


async def position_of(session: AsyncSession, event_id: UUID) -> int | None:
    """Where the caller has read to; None for an event it may not know of or that is no longer kept."""
    event = await session.get(StoredEvent, event_id)
    return event.position if event else None


async def read_after(session: AsyncSession, position: int) -> Sequence[Any]:
    """Of the next events the caller may know of what is told of them, in order, and their positions.

    Nothing is ever added before what was read.
    """
    order = StoredEvent.position
    query = select(*_THIN, order).where(order > position).order_by(order).limit(BATCH)
    return (await session.execute(query)).all()
