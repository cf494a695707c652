"""Outbox, relay and inbox: what was announced arrives once, whatever fails in between."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Bus, Delivered, Message, Place
from chassis.columns import now
from chassis.database import Database
from chassis.inbox import Inbox, Subscribers
from chassis.marks import Mark
from chassis.outbox import announce, envelope
from chassis.principal import system_principal
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from deploy.environment import Surroundings
from services.coordination.app import SERVICE
from tests.waiting import eventually

SYSTEM = system_principal("coordination")
POISON = 12_013
SEEN_SINCE_EPOCH = "select count(*) from watermarks where source = 'liaison' and seen_until > 'epoch'"
AT_THE_END = """
    insert into places (source, stream, sequence) values (:source, :stream, :sequence)
    on conflict (source) do update set stream = excluded.stream, sequence = excluded.sequence,
        gap_since = null, gap = null, resumed = null, reading = 0
"""


def registered(number: int) -> PartyRegistered:
    return PartyRegistered(id=f"party-{number}", label=Label(originator="centre"))


@pytest.fixture
async def database(surroundings: Surroundings) -> Any:
    """The database of coordination, which itself does not read liaison's stream: the tests' inboxes have it to themselves."""
    database = SERVICE.connect(surroundings.database_urls["coordination"], pool_size=3)
    yield database
    await database.close()


def inbox_with(database: Database, bus: Bus, handler: Any) -> Inbox:
    subscribers = Subscribers()
    subscribers.on(PartyRegistered)(handler)
    return Inbox(database, bus, "coordination", "liaison", subscribers)


async def test_what_a_transaction_announced_is_on_the_bus_in_order_and_once(liaison: httpx.AsyncClient, surroundings: Surroundings) -> None:
    state: Any = liaison.app.state  # type: ignore[attr-defined]
    seen: list[str] = []

    async def listen() -> None:
        async for messages in state.bus.read("liaison", ["liaison.parties.registered.v1"], None):
            for message in messages:
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
    once = envelope(registered(1), "test")
    await asyncio.gather(*(inbox.handle(once) for _ in range(5)))
    assert handled == ["party-1"]


async def test_five_failures_bury_an_event_and_the_copy_is_called_stale(database: Database, liaison: httpx.AsyncClient) -> None:
    tries: list[int] = []

    async def fail(_: Any, __: PartyRegistered) -> None:
        tries.append(1)
        raise ValueError("cannot be handled")

    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    inbox = inbox_with(database, bus, fail)
    bad = envelope(registered(2), "test")

    # The source may have to answer first, or to fill what another test took out of its stream.
    place: Place = await eventually(inbox.continuity.settle, 20)
    assert await inbox._handled(Delivered(bad.type, bad.model_dump_json().encode(), Place(place.stream, place.sequence + 1)))
    assert len(tries) == 5
    async with database.transaction(SYSTEM) as session:
        found = (await session.execute(text("select failures, error from dead_letters where event_id = :id"), {"id": bad.id})).one()
        assert found.failures == 5
        assert "cannot be handled" in found.error
        await session.execute(text("update watermarks set seen_until = 'epoch' where source = 'liaison'"))
    await inbox._see(Mark(now()), Place(place.stream, place.sequence + 2))
    async with database.transaction(SYSTEM) as session:
        assert (await session.execute(text(SEEN_SINCE_EPOCH))).scalar_one() == 0
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

    async def handle(self, session: AsyncSession, party: PartyRegistered) -> None:
        """Handle a party; one of them cannot be."""
        number = int(str(party.id).split("-")[-1])
        if number == POISON:
            raise ValueError("cannot be handled")
        if number >= 10_000:
            await asyncio.sleep(0.001 * (number % 3))
            # What was rolled back was not handled.
            event.listen(session.sync_session, "after_commit", lambda _: self.handled.append(number), once=True)

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
    found = await bus.find_stream("liaison")
    place = {"source": "liaison", "stream": found.identity, "sequence": found.last}
    async with database.transaction(SYSTEM) as session:
        await session.execute(text(AT_THE_END), place)
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
    assert reader.handled == list(range(11_000, 11_110))
    assert done < 110


async def test_one_that_cannot_be_handled_takes_none_of_those_that_came_with_it_along(
    reader: Reader, liaison: httpx.AsyncClient, database: Database
) -> None:
    async with reader.process():
        await announce_all(liaison, range(12_000, 12_050))
        await eventually(lambda: len(reader.handled) >= 49, seconds=40)
    assert reader.handled == [number for number in range(12_000, 12_050) if number != POISON]
    async with database.transaction(SYSTEM) as session:
        buried = await session.execute(text("delete from dead_letters returning event->'data'->>'id'"))
        assert list(buried.scalars()) == [f"party-{POISON}"]


async def test_a_batch_with_a_member_published_before_is_published_singly(liaison: httpx.AsyncClient) -> None:
    bus: Bus = liaison.app.state.bus  # type: ignore[attr-defined]
    messages = [Message("liaison.test.batch.v1", f"key-{number}", b"{}") for number in range(10)]
    await bus.publish(messages[3:4])
    await bus.publish(messages)
    await bus.publish(messages)
    info = await bus._open.jetstream().stream_info("LIAISON", subjects_filter="liaison.test.batch.v1")
    assert info.state.subjects == {"liaison.test.batch.v1": 10}
