"""Pieces of work beside one another: so many in all, so many of one kind, each within its time."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from chassis.logs import log

logger = log(__name__)
Piece = TypeVar("Piece")


@dataclass
class Slots:
    """Where pieces of work run. A piece that raises or takes too long is logged, and ends alone:
    whoever starts it has noted beforehand what another attempt needs (a lease, a lock)."""

    total: int
    # Of one key (a receiver, a feed): a slow one takes its own slots only.
    each: int
    # The time limit of a piece.
    seconds: float
    # Called when a piece has ended, and its slot is free.
    freed: Callable[[], None]
    _running: dict[str, tuple[str, "asyncio.Task[None]"]] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """How many more pieces may begin."""
        return self.total - len(self._running)

    @property
    def pieces(self) -> list[str]:
        """The names of those that run."""
        return list(self._running)

    @property
    def full(self) -> list[str]:
        """The keys of which no more may begin."""
        return self.full_with([])

    def full_with(self, more: list[str]) -> list[str]:
        """The keys of which no more may begin once pieces of the keys `more` have begun."""
        taken = Counter(key for key, _ in self._running.values()) + Counter(more)
        return [key for key, count in taken.items() if count >= self.each]

    def fitting(self, wanted: list[tuple[str, Piece]]) -> list[Piece]:
        """Of pieces with their keys, in their order, those for which there is a slot."""
        taken, found = Counter(key for key, _ in self._running.values()), list[Piece]()
        for key, piece in wanted:
            if taken[key] < self.each and len(found) < self.free:
                taken[key] += 1
                found.append(piece)
        return found

    def start(self, key: str, piece: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece; ValueError when no slot is free for it."""
        if self.free <= 0 or key in self.full or piece in self._running:
            work.close()
            raise ValueError(f"no slot is free for {piece}")
        task = asyncio.create_task(self._run(piece, work))
        self._running[piece] = (key, task)
        task.add_done_callback(lambda _: self._ended(piece, work))

    async def _run(self, piece: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(self.seconds):
                await work
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            logger.error("a piece of work failed", piece=piece, exc_info=error)

    def _ended(self, piece: str, work: Coroutine[Any, Any, None]) -> None:
        # One that was cancelled before it began has not been awaited.
        work.close()
        del self._running[piece]
        self.freed()

    async def close(self) -> None:
        """Cancel what runs, and wait for its end."""
        running = [task for _, task in self._running.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
