"""The background runner: everything a service does by itself, and how each of it is doing.

A **task** works in rounds: woken by NOTIFY on its channel, at the moment its last round named, and
at least every so often. It is run by each process, or led by one of many. A **reader** goes on by
itself (a stream that is read) and is begun anew when it ends. Whatever one raises is counted,
logged and tried again with back-off; it ends neither the process nor its neighbours.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chassis.bus import BusUnavailable
from chassis.columns import now
from chassis.database import AWAY
from chassis.leading import Connection, Lead
from chassis.listening import Listener
from chassis.logs import log
from chassis.standing import Standing

Round = Callable[[], Awaitable[float | None]]
LedRound = Callable[[Connection], Awaitable[float | None]]
LONGEST_PAUSE_SECONDS = 30.0
# After a server was away, which is no fault of the task: it goes on as soon as that is back.
AWAY_PAUSE_SECONDS = 1.0
# While notices cannot be heard, and while another process leads.
UNHEARD_SECONDS = 1.0
HASTE_SECONDS = 0.2
logger = log(__name__)


def seconds_until(moment: datetime | None) -> float | None:
    """How long until then; at least a moment, so that what cannot be done is not tried in haste."""
    return None if moment is None else max((moment - now()).total_seconds(), HASTE_SECONDS)


@dataclass(frozen=True, kw_only=True)
class Task:
    """Work in rounds. `work` answers in how many seconds there is more to do (0: at once), or None.

    Run by each process, which have to agree by locks of rows which does what; or by the one that
    holds the lock of the task's name, when `led` is given instead of `work`.
    """

    name: str
    work: Round | None = None
    led: LedRound | None = None
    every: float
    wake_on: str | None = None
    # At least so long from the beginning of one round to the next, however often it is woken.
    rest: float = 0.0
    # One round may take this long.
    limit: float = 60.0
    # At one round for longer than this, or failing for two minutes, the service is not ready.
    overdue: float = 120.0
    # Ends what rounds began and left running.
    close: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Work that goes on until cancelled; when it ends or raises it is begun anew."""

    name: str
    run: Callable[[], Awaitable[None]]
    overdue: float = 120.0


@dataclass
class Runner:
    """Runs tasks and readers of one process until stopped."""

    service: str
    dsn: str
    listener: Listener
    work: list[Task | Reader] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.standing: dict[str, Standing] = {}
        self._running: list[asyncio.Task[None]] = []
        self._is_stopping = False

    def start(self) -> None:
        """Begin with everything, in tasks of the running loop."""
        for each in self.work:
            if isinstance(each, Task) and each.wake_on:
                self.listener.add(each.wake_on)
        for each in [Reader(name="listener", run=self.listener.run), *self.work]:
            self.begin(each)

    def begin(self, each: Task | Reader) -> None:
        """Begin with one of them; notices on a channel of its own it hears after `start` only."""
        is_reader = isinstance(each, Reader)
        self.standing[each.name] = Standing(self.service, each.name, each.overdue, is_reader)
        self._running.append(asyncio.create_task(self._supervise(each), name=each.name))

    def overdue(self) -> dict[str, str]:
        """What has not succeeded for longer than its limit, by name."""
        return {f"task {name}": why for name, each in self.standing.items() if (why := each.late())}

    async def stop(self) -> None:
        """Cancel until all have ended.

        On Python 3.11 `wait_for`, in libraries, loses a cancellation that comes with its result.
        """
        self._is_stopping = True
        pending: set[asyncio.Task[None]] = set(self._running)
        for _ in range(20):
            for task in pending:
                task.cancel()
            if pending:
                _, pending = await asyncio.wait(pending, timeout=0.5)
        if pending:
            logger.critical("background work does not end", tasks=[each.get_name() for each in pending])

    async def _supervise(self, each: Task | Reader) -> None:
        run = _Rounds(self, each) if isinstance(each, Task) else _Reading(self, each)
        try:
            while not self._is_stopping:
                await run.once()
        finally:
            await run.close()

    async def attempt(self, standing: Standing, work: Callable[[], Awaitable[Any]]) -> tuple[bool, Any]:
        """Whether `work` succeeded, and its answer; behind a failure, after a pause.

        Nothing escapes but this runner's own end, and not only Exception is caught: a panic of a
        Rust library and a stray cancellation are none, and would end the process or the task.
        """
        standing.begin()
        try:
            answer = await work()
        except BaseException as error:
            if self._is_stopping or _is_cancelled():
                raise
            standing.fail(error)
            await asyncio.sleep(_tell(standing, error))
            return False, None
        standing.succeed()
        return True, answer


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _tell(standing: Standing, error: BaseException) -> float:
    """Log a failure; for how long to pause after it."""
    said = {"task": standing.name, "failures": standing.failures}
    if isinstance(error, (*AWAY, BusUnavailable)):
        logger.warning("task waits", error=repr(error), **said)
        return standing.pause(AWAY_PAUSE_SECONDS)
    logger.error("task failed", exc_info=error, **said)
    return standing.pause(LONGEST_PAUSE_SECONDS)


class _Rounds:
    """The rounds of one task."""

    def __init__(self, runner: Runner, task: Task) -> None:
        self._runner, self._task = runner, task
        self._standing = runner.standing[task.name]
        self._lead = Lead(runner.dsn, task.wake_on or task.name) if task.led else None

    async def once(self) -> None:
        """One round, and the pause behind it."""
        began = time.monotonic()
        channel = self._task.wake_on
        # From before it looks: what comes meanwhile wakes it, too.
        woken = self._runner.listener.next_notice(channel) if channel else asyncio.Event()
        done, due = await self._runner.attempt(self._standing, self._round)
        if done:
            await _either(woken, self._pause(due))
            await asyncio.sleep(max(0.0, began + self._task.rest - time.monotonic()))

    async def _round(self) -> float | None:
        try:
            async with asyncio.timeout(self._task.limit):
                return await self._work()
        except BaseException:
            await self._give_up()
            raise

    async def _work(self) -> float | None:
        if self._task.work is not None:
            return await self._task.work()
        assert self._lead is not None
        assert self._task.led is not None
        connection = await self._lead.take()
        if connection is None:
            # Not woken by notices: those are for whoever leads.
            await asyncio.sleep(UNHEARD_SECONDS)
            return 0.0
        return await self._task.led(connection)

    def _pause(self, due: float | None) -> float:
        heard = self._task.wake_on is None or self._runner.listener.is_listening
        longest = self._task.every if heard else min(self._task.every, UNHEARD_SECONDS)
        return longest if due is None else min(due, longest)

    async def _give_up(self) -> None:
        if self._lead is not None:
            await self._lead.give_up()

    async def close(self) -> None:
        """End what the task has begun, and give up the lead."""
        await self._give_up()
        if self._task.close is not None:
            await self._task.close()


class _Reading:
    """One reader, begun anew again and again."""

    def __init__(self, runner: Runner, reader: Reader) -> None:
        self._runner, self._reader = runner, reader
        self._standing = runner.standing[reader.name]

    async def once(self) -> None:
        """Read until it breaks off."""
        done, _ = await self._runner.attempt(self._standing, self._reader.run)
        if done:
            await asyncio.sleep(self._standing.pause(AWAY_PAUSE_SECONDS))

    async def close(self) -> None:
        """Nothing is held."""


async def _either(woken: asyncio.Event, seconds: float) -> None:
    """Until woken, at most so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()
