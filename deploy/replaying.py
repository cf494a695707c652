"""Gives a service the events again that it had given up."""

import importlib

from sqlalchemy import delete, select

from chassis.principal import system_principal
from chassis.tables import DeadLetter
from contracts.events import Event


async def replay(service: str) -> str:
    """Handle every dead letter of `service` once more; those that fail again stay. How many went through."""
    app = importlib.import_module(f"services.{service}.app").create_app()
    database = app.state.database
    async with database.transaction(system_principal(service)) as session:
        events = [Event.model_validate(row.event) for row in (await session.execute(select(DeadLetter))).scalars()]
    inboxes = {inbox.source: inbox for inbox in app.state.inboxes}
    for event in events:
        await inboxes[event.type.split(".", 1)[0]].handle(event)
        async with database.transaction(system_principal(service)) as session:
            await session.execute(delete(DeadLetter).where(DeadLetter.event_id == event.id))
    await database.close()
    return f"{len(events)} events handled"
