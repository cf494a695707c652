"""Events on their way out."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers
from contracts.events import Announcement
from contracts.events.coordination import OrganizationRemoved
from services.gateway.webhooks import actions

subscribers = Subscribers()


@subscribers.on()
async def queue_deliveries(session: AsyncSession, announcement: Announcement) -> None:
    """Queue the event for the webhooks whose owners may know of it."""
    await actions.queue_deliveries(session, announcement)


@subscribers.on(OrganizationRemoved)
async def withdraw_deliveries(session: AsyncSession, removed: OrganizationRemoved) -> None:
    """An organization was removed: what waits for it does not go (R15)."""
    await actions.withdraw_deliveries(session, str(removed.id))
