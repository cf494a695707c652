"""Every event of every service is kept for the streams."""

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns
from chassis.inbox import Subscribers, event_of
from contracts.events import Announcement
from services.gateway.streams.tables import StoredEvent

subscribers = Subscribers()


@subscribers.on()
async def store_event(session: AsyncSession, announcement: Announcement) -> None:
    """Keep the event, and wake the streams."""
    event = event_of(session)
    row = label_columns(announcement.label) | {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "version": announcement.version,
        "subject_type": announcement.kind,
        "subject_id": str(announcement.id),
        "requestid": event.requestid,
        "readers": announcement.readers,
    }
    await session.execute(insert(StoredEvent), [row])
    await session.execute(text("notify events"))
