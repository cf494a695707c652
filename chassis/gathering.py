"""Gathering: small requests of one kind that come at the same time share a transaction, its statements and its commit.

While one transaction runs, those that come meanwhile wait for the next: alone nobody waits, and the more come the less each costs.
Of different kinds one goes after the other as well, since side by side all of them would take longer and gather less; unless one
is held up, then the others pass it.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, Generic, NamedTuple, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.principal import Principal

# Many times as long as a transaction takes that nobody holds up.
PATIENCE_SECONDS: Final = 0.5
Item = TypeVar("Item")
Answer = TypeVar("Answer")
Work = Callable[[AsyncSession, str, list[Item]], Awaitable[list[Answer | Exception]]]


class _Line(NamedTuple):
    """Who may share a transaction: one principal about one thing."""

    principal: Principal
    subject: str


class Gatherer(Generic[Item, Answer]):
    """Works on items in shared transactions, those of one principal and subject in the order they came.

    `work` gives each item its answer, or the error that refuses it alone. When it raises, or the commit does, each item is
    worked on by itself, so that none suffers for its neighbours.
    """

    def __init__(self, database: Database, work: Work[Item, Answer], together: int) -> None:
        self._database, self._work, self._together = database, work, together
        self._waiting: dict[_Line, deque[tuple[Item, asyncio.Future[Answer]]]] = defaultdict(deque)
        self._working: dict[_Line, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

    async def give(self, principal: Principal, subject: str, item: Item) -> Answer:
        """The answer to `item` once it is committed; raises what refused it."""
        line = _Line(principal, subject)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[line].append((item, answer))
        if line not in self._working:
            self._working[line] = asyncio.create_task(self._work_off(line))
        return await answer

    async def _work_off(self, line: _Line) -> None:
        waiting = self._waiting[line]
        try:
            while waiting:
                async with self._own_turn():
                    await self._settle(line, [waiting.popleft() for _ in range(min(self._together, len(waiting)))])
        finally:
            del self._working[line], self._waiting[line]

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        """After all who wait already, or beside them when that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._turn.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            self._turn.release()

    async def _settle(self, line: _Line, given: list[tuple[Item, asyncio.Future[Answer]]]) -> None:
        try:
            async with self._database.transaction(line.principal) as session:
                answers = await self._work(session, line.subject, [item for item, _ in given])
        except Exception as error:  # noqa: BLE001 -- whoever asked is told, and nobody else
            if len(given) == 1:
                _say(given[0][1], error)
                return
            for each in given:
                await self._settle(line, [each])
            return
        for (_, waits), answer in zip(given, answers, strict=True):
            _say(waits, answer)


def _say(waits: "asyncio.Future[Answer]", answer: Answer | Exception) -> None:
    """Unless whoever asked has gone away meanwhile."""
    if waits.done():
        return
    if isinstance(answer, Exception):
        waits.set_exception(answer)
    else:
        waits.set_result(answer)
