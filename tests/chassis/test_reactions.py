"""Reactions run in order, in the transaction of their event: all of it or nothing."""

import contextvars
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database, react_to, seeing_all
from chassis.logs import begin_request
from chassis.outbox import announce, announce_caused
from chassis.principal import system_principal
from chassis.reactions import InternalEvent, Reactions
from contracts.events.liaison import ContactChanged, ContactEntered
from contracts.labels import Label
from deploy.environment import Surroundings

OPEN = Label(originator="centre")
SYSTEM = system_principal("liaison")
Connect = Callable[[Reactions], Database]


@dataclass(frozen=True)
class Moved(InternalEvent):
    """Told inside only."""

    contact: str


@pytest.fixture
async def connect(surroundings: Surroundings) -> AsyncIterator[Connect]:
    """Liaison's database with reactions of a test."""
    opened: list[Database] = []

    def open_with(reactions: Reactions) -> Database:
        opened.append(Database(surroundings.database_urls["liaison"], reactions, pool_size=2))
        return opened[-1]

    yield open_with
    for each in opened:
        await each.close()


def entered(contact: str) -> ContactEntered:
    return ContactEntered(id=contact, label=OPEN)


def changed(contact: str) -> ContactChanged:
    return ContactChanged(id=contact, label=OPEN)


async def recorded(database: Database, contact: str) -> list[tuple[str, str | None]]:
    """Type and request of what is in the outbox about a contact, in order."""
    query = text("select type, event ->> 'requestid' as request from outbox where event -> 'data' ->> 'id' = :contact order by seq")
    async with database.transaction(SYSTEM) as session:
        return [(row.type, row.request) for row in await session.execute(query, {"contact": contact})]


async def test_reactions_run_in_order_and_before_the_event_is_recorded(connect: Connect) -> None:
    first, second, contact, told = Reactions(), Reactions(), f"contact-{uuid4()}", list[str]()

    @second.on(ContactChanged)
    async def last(session: AsyncSession, event: ContactChanged) -> None:
        told.append(f"last {event.id}")

    @first.on(ContactEntered)
    async def change(session: AsyncSession, event: ContactEntered) -> None:
        told.append("change")
        await announce(session, changed(str(event.id)))

    @first.on(ContactEntered, ContactChanged)
    async def count(session: AsyncSession, event: ContactEntered | ContactChanged) -> None:
        told.append(f"count {type(event).__name__}")

    database = connect(Reactions.joined([first, second]))
    async with database.transaction(SYSTEM) as session:
        await announce(session, entered(contact))
    assert told == ["change", "count ContactChanged", f"last {contact}", "count ContactEntered"]
    assert [kind for kind, _ in await recorded(database, contact)] == ["liaison.contacts.changed.v1", "liaison.contacts.entered.v1"]


@pytest.mark.parametrize("raise_event", [announce, react_to])
async def test_a_reaction_that_raises_leaves_nothing(connect: Connect, raise_event: Callable[..., Awaitable[None]]) -> None:
    reacts, contact = Reactions(), f"contact-{uuid4()}"

    @reacts.on(ContactEntered, Moved)
    async def refuse(session: AsyncSession, event: Any) -> None:
        raise LookupError("exercise")

    database = connect(reacts)
    event = entered(contact) if raise_event is announce else Moved(contact)

    async def work() -> None:
        async with database.transaction(SYSTEM) as session:
            await announce(session, changed(contact))
            await raise_event(session, event)

    with pytest.raises(LookupError, match="exercise"):
        await work()
    assert await recorded(database, contact) == []


async def test_an_internal_event_is_told_inside_and_recorded_nowhere(connect: Connect) -> None:
    reacts, contact, told = Reactions(), f"contact-{uuid4()}", list[str]()

    @reacts.on(Moved)
    async def note(session: AsyncSession, moved: Moved) -> None:
        told.append(moved.contact)

    database = connect(reacts)
    async with database.transaction(SYSTEM) as session:
        await react_to(session, Moved(contact))
    assert told == [contact]
    assert await recorded(database, contact) == []


async def test_what_follows_in_a_shared_transaction_bears_the_request_that_caused_it(connect: Connect) -> None:
    reacts, contacts = Reactions(), [f"contact-{uuid4()}", f"contact-{uuid4()}"]

    @reacts.on(ContactEntered)
    async def change(session: AsyncSession, event: ContactEntered) -> None:
        await announce(session, changed(str(event.id)))

    contexts = [contextvars.copy_context() for _ in contacts]
    for n, context in enumerate(contexts):
        context.run(begin_request, f"request-{n}")
    database = connect(reacts)
    async with database.transaction(SYSTEM) as session:
        await announce_caused(session, zip(contexts, map(entered, contacts), strict=True))
    for n, contact in enumerate(contacts):
        kinds = ["liaison.contacts.changed.v1", "liaison.contacts.entered.v1"]
        assert await recorded(database, contact) == [(kind, f"request-{n}") for kind in kinds]


async def test_seeing_all_ends_with_the_outermost(connect: Connect) -> None:
    """A reaction may need to see all as much as what it reacts to."""
    person = SYSTEM.model_copy(update={"client_id": "somebody", "countries": frozenset({"TJK"})})
    seen = []
    async with connect(Reactions()).transaction(person) as session:
        query = text("select current_setting('app.everywhere')")
        async with seeing_all(session, "liaison"):
            async with seeing_all(session, "liaison"):
                seen.append(await session.scalar(query))
            seen.append(await session.scalar(query))
        seen.append(await session.scalar(query))
    assert seen == ["true", "true", "false"]


async def test_a_session_from_elsewhere_is_refused() -> None:
    """It would leave out what has to follow, and nobody would notice."""
    async with AsyncSession() as session:
        with pytest.raises(TypeError, match="not opened"):
            await react_to(session, Moved("contact"))
