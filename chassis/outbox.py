"""The outbox: an event is a row of the transaction that caused it, so that neither exists without the other."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.database import principal_of
from chassis.logs import current_request_id
from chassis.tables import OutboxRow
from chassis.telemetry import trace_headers
from contracts.events import Announcement, Event
from contracts.publishing import SCHEMA_BASE


async def announce(session: AsyncSession, *announcements: Announcement) -> None:
    """Record events in the session's transaction; the relay publishes them after its commit."""
    if not announcements:
        return
    rows = [_row(announcement, principal_of(session).client_id) for announcement in announcements]
    await session.execute(insert(OutboxRow), rows)
    await session.execute(text("notify outbox"))


def _row(announcement: Announcement, actor: str) -> dict[str, Any]:
    event = envelope(announcement, actor)
    return {"id": event.id, "type": event.type, "event": event.model_dump(mode="json", exclude_none=True)}


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
