"""The outbox: an event is a row of the transaction that caused it; neither exists without the other.

Before it is recorded, the other capabilities of this service have reacted to it (chassis.reactions):
when another service hears of it, all that follows from it here is done, and was announced before it.
"""

import asyncio
from collections.abc import Iterable
from contextvars import Context
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of, react_to, reactions_of
from chassis.logs import current_request_id
from chassis.telemetry import trace_headers
from contracts.events import Announcement, Event
from contracts.publishing import SCHEMA_BASE

# One statement however many there are: it is prepared once. One document, since an array of them is escaped one by one.
_RECORD = text(
    "with recorded as (insert into outbox (id, type, event, recorded_at)"
    " select cast(event ->> 'id' as uuid), event ->> 'type', event, :at"
    " from jsonb_array_elements(cast(:events as jsonb)) with ordinality as said (event, n) order by n)"
    " select pg_notify('outbox', '')"
)


async def announce(session: AsyncSession, *announcements: Announcement) -> None:
    """Let this service react, then record the events in the session's transaction.

    The relay publishes them after its commit. Raises what a reaction raises.
    """
    await react_to(session, *announcements)
    actor = principal_of(session).client_id
    await _record(session, [_written(each, actor) for each in announcements])


async def announce_caused(session: AsyncSession, caused: Iterable[tuple[Context, Announcement]]) -> None:
    """The same where several requests share a transaction.

    Each event, and what a reaction to it announces, bears request and trace of the context it comes with.
    """
    told, reactions = list(caused), reactions_of(session)
    for context, each in told:
        if reactions.knows(each):
            await asyncio.create_task(react_to(session, each), context=context)
    actor = principal_of(session).client_id
    await _record(session, [context.run(_written, each, actor) for context, each in told])


async def _record(session: AsyncSession, events: list[str]) -> None:
    if events:
        await session.execute(_RECORD, {"events": f"[{','.join(events)}]", "at": now()})


def _written(announcement: Announcement, actor: str) -> str:
    return envelope(announcement, actor).model_dump_json(exclude_none=True)


def envelope(announcement: Announcement, actor: str) -> Event:
    """`announcement` as a CloudEvent of this moment, with the current trace and request."""
    service = announcement.type.split(".", 1)[0]
    return Event(
        id=UUID(str(new_id())),
        source=f"/services/{service}",
        type=announcement.type,
        subject=f"{announcement.kind}/{announcement.id}",
        time=now(),
        dataschema=f"{SCHEMA_BASE}/{announcement.type}.json",
        traceparent=trace_headers().get("traceparent"),
        requestid=current_request_id(),
        actor=actor,
        data=announcement.model_dump(mode="json"),
    )
