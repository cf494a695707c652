"""Outbox, relay and inbox: what was announced arrives once, whatever fails in between."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.bus import Bus, Delivered, Message, Place
from chassis.database import Database
from chassis.inbox import Inbox, Subscribers
from chassis.outbox import announce, envelope
from chassis.principal import system_principal
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from deploy.environment import Surroundings
from tests.waiting import eventually

SYSTEM = system_principal("reports")


def registered(number: int) -> PartyRegistered:
    return PartyRegistered(id=f"party-{number}", label=Label(originator="centre"))


@pytest.fixture
async def database(surroundings: Surroundings) -> Any:
    """The database of the reports service, whose inbox the tests use."""
    database = Database(surroundings.database_urls["reports"], pool_size=3)
    yield database
    await database.close()


def inbox_with(database: Database, bus: Bus, handler: Any) -> Inbox:
    subscribers = Subscribers()
    subscribers.on(PartyRegistered)(handler)
    return Inbox(database, bus, "reports", "liaison", subscribers)


async def test_what_a_transaction_announced_is_on_the_bus_in_order_and_once(liaison: httpx.AsyncClient, surroundings: Surroundings) -> None:
    state: Any = liaison.app.state  # type: ignore[attr-defined]
    seen: list[str] = []

    async def listen() -> None:
        async for message in state.bus.read("liaison", ["liaison.parties.registered.v1"], None):
            seen.extend(re.findall(r"party-(\d+)", message.data.decode())[:1])

    listener = asyncio.ensure_future(listen())
    async with state.database.transaction(system_principal("liaison")) as session:
        await announce(session, *(registered(number) for number in range(1200)))
    await eventually(lambda: len(seen) >= 1200, seconds=40)
    listener.cancel()
    assert seen == [str(number) for number in range(1200)]


async def test_a_rolled_back_transaction_announces_nothing(liaison: httpx.AsyncClient) -> None:
    state: Any = liaison.app.state  # type: ignore[attr-defined]

    async def announce_and_fail() -> None:
        async with state.database.transaction(system_principal("liaison")) as session:
            await announce(session, registered(-1))
            raise RuntimeError("after the announcement")

    with pytest.raises(RuntimeError):
        await announce_and_fail()
    async with state.database.transaction(system_principal("liaison")) as session:
        left = await session.execute(text("select count(*) from outbox where event::text like '%party--1%'"))
        assert left.scalar_one() == 0


async def test_an_event_that_comes_twice_is_handled_once(database: Database, liaison: httpx.AsyncClient) -> None:
    handled: list[str] = []

    async def note(_: Any, party: PartyRegistered) -> None:
        handled.append(str(party.id))

    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    inbox = inbox_with(database, bus, note)
    event = envelope(registered(1), "test")
    await asyncio.gather(*(inbox.handle(event) for _ in range(5)))
    assert handled == ["party-1"]


async def test_five_failures_bury_an_event_and_the_copy_is_called_stale(database: Database, liaison: httpx.AsyncClient) -> None:
    tries: list[int] = []

    async def fail(_: Any, __: PartyRegistered) -> None:
        tries.append(1)
        raise ValueError("cannot be handled")

    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    inbox = inbox_with(database, bus, fail)
    event = envelope(registered(2), "test")

    place = await inbox._place()
    assert await inbox._handled(Delivered(event.type, event.model_dump_json().encode(), Place(place.stream, place.sequence + 1)))
    assert len(tries) == 5
    async with database.transaction(SYSTEM) as session:
        found = (await session.execute(text("select failures, error from dead_letters where event_id = :id"), {"id": event.id})).one()
        assert found.failures == 5
        assert "cannot be handled" in found.error
        await session.execute(text("delete from watermarks"))
    await inbox._see("2030-01-01T00:00:00+00:00", Place(place.stream, place.sequence + 2))
    async with database.transaction(SYSTEM) as session:
        assert (await session.execute(text("select count(*) from watermarks where source = 'liaison'"))).scalar_one() == 0
        await session.execute(text("delete from dead_letters"))


async def announce_all(liaison: httpx.AsyncClient, numbers: range) -> None:
    state: Any = liaison.app.state  # type: ignore[attr-defined]
    async with state.database.transaction(system_principal("liaison")) as session:
        await announce(session, *(registered(number) for number in numbers))


class Reader:
    """An inbox of its own on a stream of liaison, which forgets the place of those before it."""

    def __init__(self, database: Database, liaison: httpx.AsyncClient) -> None:
        self.database, self.bus = database, liaison.app.state.bus  # type: ignore[attr-defined]
        self.handled: list[int] = []

    async def handle(self, _: Any, party: PartyRegistered) -> None:
        number = int(str(party.id).split("-")[-1])
        if number >= 10_000:
            await asyncio.sleep(0.001 * (number % 3))
            self.handled.append(number)

    @asynccontextmanager
    async def process(self) -> AsyncIterator[None]:
        """Another process of the service, until the end of the block, where it dies in the middle of whatever it does."""
        process = asyncio.ensure_future(inbox_with(self.database, self.bus, self.handle).run())
        try:
            yield
        finally:
            process.cancel()
            with suppress(asyncio.CancelledError):
                await process


@pytest.fixture
async def reader(database: Database, liaison: httpx.AsyncClient) -> Reader:
    """A reader that begins at the end of the stream."""
    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    place = {"source": "liaison", "stream": await bus._identity("liaison"), "sequence": await bus.last_sequence("liaison")}
    async with database.transaction(SYSTEM) as session:
        await session.execute(text("delete from places where source = :source"), place)
        await session.execute(text("insert into places values (:source, :stream, :sequence)"), place)
    return Reader(database, liaison)


async def test_two_processes_of_a_service_handle_each_event_once_and_in_order(reader: Reader, liaison: httpx.AsyncClient) -> None:
    async with reader.process(), reader.process(), reader.process():
        await announce_all(liaison, range(10_000, 10_100))
        await eventually(lambda: len(reader.handled) >= 100, seconds=40)
    assert reader.handled == list(range(10_000, 10_100))


async def test_who_goes_on_after_a_death_begins_where_the_other_ended(reader: Reader, liaison: httpx.AsyncClient) -> None:
    async with reader.process():
        await announce_all(liaison, range(11_000, 11_100))
        await eventually(lambda: len(reader.handled) >= 10, seconds=40)
    done = len(reader.handled)
    await announce_all(liaison, range(11_100, 11_110))
    async with reader.process():
        await eventually(lambda: reader.handled[-1] == 11_109, seconds=40)
    # The one at work when the process died was rolled back, and is handled again.
    assert reader.handled[done] - reader.handled[done - 1] in (0, 1)
    assert sorted(set(reader.handled)) == list(range(11_000, 11_110))
    assert reader.handled == sorted(reader.handled)


async def test_a_batch_with_a_member_published_before_is_published_singly(liaison: httpx.AsyncClient) -> None:
    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    messages = [Message("liaison.test.batch.v1", f"key-{number}", b"{}") for number in range(10)]
    await bus.publish(messages[3:4])
    await bus.publish(messages)
    await bus.publish(messages)
    info = await bus._open.jetstream().stream_info("LIAISON", subjects_filter="liaison.test.batch.v1")
    assert info.state.subjects == {"liaison.test.batch.v1": 10}
