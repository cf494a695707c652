"""A service that publishes and one that reads, with a broker of their own that can be broken."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import nats
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Bus, Delivered, Place
from chassis.database import Database
from chassis.errors import StaleCopy
from chassis.inbox import Inbox, Subscribers
from chassis.listening import Listener
from chassis.outbox import announce
from chassis.principal import system_principal
from chassis.publishing import answer_readers
from chassis.relay import WATERMARK_SECONDS, Relay
from chassis.runner import Reader, Runner, Task
from chassis.watermarks import require_fresh
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from deploy.servers import NatsServer
from tests.waiting import eventually

READER, SOURCE = "coordination", "liaison"


def registered(number: int) -> PartyRegistered:
    """An event with a number in it."""
    return PartyRegistered(id=f"party-{number}", label=Label(originator="centre"))


class HeldBus(Bus):
    """Hands out nothing that came while `flows` is not set."""

    def __init__(self, url: str, flows: asyncio.Event) -> None:
        super().__init__(url)
        self._flows = flows

    async def read(self, source: str, subjects: list[str], after: Place | None, *, marks: bool = True) -> AsyncIterator[list[Delivered]]:
        """As it comes, or later."""
        async for messages in super().read(source, subjects, after, marks=marks):
            await self._flows.wait()
            yield messages


@dataclass
class Stage:
    """Liaison's outbox and relay, an inbox of coordination's, and NATS between them."""

    source: Database
    reader: Database
    nats: NatsServer
    handled: list[int] = field(default_factory=list)
    flows: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.flows.set()

    @asynccontextmanager
    async def publishing(self) -> AsyncIterator[None]:
        """Liaison's relay runs."""
        bus = await self._connected()
        relay, dsn = Relay(bus, SOURCE), self.source.dsn
        led = Task(name="relay", led=relay.relay, every=WATERMARK_SECONDS, wake_on="outbox", limit=600.0)
        answers = Reader(name="answers to readers", run=lambda: answer_readers(bus, self.source, SOURCE))
        runner = Runner(SOURCE, dsn, Listener(dsn), work=[led, answers])
        runner.start()
        try:
            yield
        finally:
            await runner.stop()
            await bus.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """A process of coordination reads."""
        subscribers, bus = Subscribers(), HeldBus(self.nats.url, self.flows)
        await bus.connect()
        subscribers.on(PartyRegistered)(self._handle)
        async with _running(bus, Inbox(self.reader, bus, READER, SOURCE, subscribers).run()):
            yield

    @asynccontextmanager
    async def both(self) -> AsyncIterator[None]:
        """Liaison's relay runs, and coordination reads."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.publishing())
            await stack.enter_async_context(self.reading())
            yield

    async def _connected(self) -> Bus:
        bus = Bus(self.nats.url)
        await bus.connect()
        return bus

    async def _handle(self, _: AsyncSession, party: PartyRegistered) -> None:
        self.handled.append(int(str(party.id).removeprefix("party-")))

    async def announce(self, *numbers: int) -> None:
        """One transaction an event."""
        for number in numbers:
            async with self.source.transaction(system_principal(SOURCE)) as session:
                await announce(session, registered(number))

    async def published(self) -> None:
        """Until the outbox is empty."""
        query = "select count(*) = 0 from outbox where published_at is null"

        async def empty() -> bool:
            return bool(await self.ask(self.source, query))

        await eventually(empty, 20)

    async def ask(self, database: Database, query: str, **values: Any) -> Any:
        """The first value of the first row."""
        async with database.transaction(system_principal(READER)) as session:
            found: Any = await session.execute(text(query), values)
            return found.scalar() if found.returns_rows else None

    async def gap(self) -> str | None:
        """Which gap is open."""
        found: str | None = await self.ask(self.reader, "select gap from places")
        return found

    async def fresh(self) -> bool:
        """Whether what coordination knows of liaison is called fresh."""
        async with self.reader.transaction(system_principal(READER)) as session:
            try:
                await require_fresh(session, SOURCE)
            except StaleCopy:
                return False
        return True

    async def all_read(self, *numbers: int, seconds: float = 30.0) -> None:
        """Until it is fresh again; by then each was handled once and in order, and not before then."""
        await asyncio.wait_for(self._truthfully_until(numbers[-1]), seconds)
        await eventually(self.fresh, seconds)
        assert self.handled == list(numbers)
        assert await self.gap() is None

    async def _truthfully_until(self, number: int) -> None:
        while number not in self.handled:
            if await self.gap() and await self.fresh():
                assert number in self.handled, "called fresh with a gap that was open a moment ago"
            await asyncio.sleep(0.02)

    async def lose_store(self) -> None:
        """Kill the broker and remove what it kept."""
        self.nats.kill()
        shutil.rmtree(self.nats.folder / "store")
        await asyncio.to_thread(self.nats.restart)

    @asynccontextmanager
    async def jetstream(self) -> AsyncIterator[Any]:
        """The broker as an operator's own client sees it."""
        client = await nats.connect(self.nats.url)
        try:
            yield client.jetstream()
        finally:
            await client.close()

    async def purge(self, upto: int | None = None) -> None:
        """Remove the messages before that one from the stream, or all."""
        async with self.jetstream() as stream:
            await stream.purge_stream(SOURCE.upper(), seq=upto)


@asynccontextmanager
async def _running(bus: Bus, *work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await bus.close()
