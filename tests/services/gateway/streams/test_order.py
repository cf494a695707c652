"""The log of events: nothing is added before what was read, and nobody else's transaction holds back what was stored."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Heard
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from services.gateway.streams.queries import newest_position, read_after
from services.gateway.streams.subscribers import store_events

Begin = Callable[[], Any]


@pytest.fixture
def begin(gateway: httpx.AsyncClient) -> Begin:
    """A transaction on the gateway's database that sees everything."""

    @asynccontextmanager
    async def transaction() -> AsyncIterator[AsyncSession]:
        async with gateway.app.state.database.transaction(system_principal("gateway")) as session:  # type: ignore[attr-defined]
            yield session

    return transaction


def heard() -> Heard:
    """An event about a party that nobody registered."""
    announcement = PartyRegistered(id=uuid4(), label=Label(originator="centre", themes=["border"], countries=["KAZ"]))
    return Heard(envelope(announcement, "test"), announcement)


async def read(begin: Begin, position: int, *known: Heard) -> list[UUID]:
    """Which of `known` stand behind `position`, in order."""
    async with begin() as session:
        keys = [event.id for event in await read_after(session, position)]
    return [key for key in keys if key in {each.event.id for each in known}]


async def test_a_transaction_that_runs_elsewhere_holds_no_event_back(begin: Begin) -> None:
    said = heard(), heard()
    async with begin() as elsewhere:
        await elsewhere.execute(text("select pg_current_xact_id()"))
        async with begin() as session:
            start = await newest_position(session)
        async with begin() as session:
            await store_events(session, list(said))
        assert await read(begin, start, *said) == [each.event.id for each in said]


async def test_what_is_stored_at_the_same_time_comes_one_behind_the_other(begin: Begin) -> None:
    first, second = heard(), heard()

    async def store() -> None:
        async with begin() as session:
            await store_events(session, [second])

    async with begin() as session:
        start = await newest_position(session)
        await store_events(session, [first])
        later = asyncio.ensure_future(store())
        await asyncio.sleep(0.5)
        assert not later.done(), "a stream could have read it, and would never have seen the first"
    await later
    assert await read(begin, start, first, second) == [first.event.id, second.event.id]


async def test_a_stream_that_opens_while_an_event_is_stored_gets_it(begin: Begin) -> None:
    said = heard()
    async with begin() as session:
        await store_events(session, [said])
        async with begin() as elsewhere:
            await elsewhere.execute(text("select pg_current_xact_id()"))
        async with begin() as another:
            start = await newest_position(another)
    assert await read(begin, start, said) == [said.event.id]
