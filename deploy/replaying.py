"""Gives a service the events again that it had given up."""

import importlib
from dataclasses import dataclass, field

from sqlalchemy import select

from chassis.database import Database
from chassis.principal import system_principal
from chassis.tables import DeadLetter
from contracts.events import Event


@dataclass
class Replayed:
    """What came of it: how many went through, and a line for each that failed again and stays."""

    handled: int = 0
    failures: list[str] = field(default_factory=list)


async def replay(service: str) -> Replayed:
    """Handle every dead letter of `service` once more, in the order in which they were announced.

    One that fails again keeps nobody from what comes after it, as when it failed first.
    """
    app = importlib.import_module(f"services.{service}.app").create_app()
    inboxes, done = {inbox.source: inbox for inbox in app.state.inboxes}, Replayed()
    for event in await _given_up(app.state.database, service):
        failure = await inboxes[event.type.split(".", 1)[0]].replay(event)
        if failure is None:
            done.handled += 1
        else:
            done.failures.append(f"{event.type} {event.id}: {failure}")
    await app.state.database.close()
    return done


async def _given_up(database: Database, service: str) -> list[Event]:
    """Keys are UUIDv7: their order is that of the announcements."""
    async with database.transaction(system_principal(service)) as session:
        rows = (await session.execute(select(DeadLetter).order_by(DeadLetter.event_id))).scalars()
        return [Event.model_validate(row.event) for row in rows]
