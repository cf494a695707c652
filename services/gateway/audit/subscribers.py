"""Seals as the services announce them."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers, event_of
from contracts.events import EVENTS
from contracts.events.gateway import AuditSealed
from services.gateway.audit.tables import PublishedSeal

subscribers = Subscribers()
_SEALED = [kind for kind in EVENTS.values() if issubclass(kind, AuditSealed) and kind is not AuditSealed]


@subscribers.on(*_SEALED)
async def keep_seal(session: AsyncSession, sealed: AuditSealed) -> None:
    """Keep the root where the service that sealed cannot change it any more."""
    row = sealed.model_dump(include={"number", "rows", "root", "previous", "signature"})
    row["service"] = event_of(session).type.split(".", 1)[0]
    await session.execute(insert(PublishedSeal).values(row).on_conflict_do_nothing())
