"""Every event of every service is kept for the streams."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns
from chassis.database import notify
from chassis.inbox import Heard, Subscribers
from services.gateway.streams.tables import StoredEvent

subscribers = Subscribers()


@subscribers.on_all
async def store_events(session: AsyncSession, heard: list[Heard]) -> None:
    """Keep the events, and wake the streams."""
    await session.execute(insert(StoredEvent), [_row(each) for each in heard])
    await notify(session, "events")


def _row(heard: Heard) -> dict[str, Any]:
    event, announcement = heard
    return label_columns(announcement.label) | {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "version": announcement.version,
        "subject_type": announcement.kind,
        "subject_id": str(announcement.id),
        "requestid": event.requestid,
        "readers": announcement.readers,
    }
