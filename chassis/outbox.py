"""The outbox: an event is a row of the transaction that caused it, so that neither exists without the other."""

from collections.abc import Iterable
from contextvars import Context
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
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
    """Record events in the session's transaction; the relay publishes them after its commit."""
    actor = principal_of(session).client_id
    await _record(session, [_written(each, actor) for each in announcements])


async def announce_caused(session: AsyncSession, caused: Iterable[tuple[Context, Announcement]]) -> None:
    """The same where several requests share a transaction: each event bears request and trace of the context it comes with."""
    actor = principal_of(session).client_id
    await _record(session, [context.run(_written, each, actor) for context, each in caused])


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
