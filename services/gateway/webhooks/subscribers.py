"""Events on their way out."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Heard, Subscribers
from contracts.events.coordination import OrganizationRemoved
from services.gateway.webhooks import actions

subscribers = Subscribers()


@subscribers.on_all
async def queue_deliveries(session: AsyncSession, heard: list[Heard]) -> None:
    """Queue the events for the webhooks whose owners may know of them."""
    await actions.queue_deliveries(session, heard)


@subscribers.on(OrganizationRemoved)
async def withdraw_deliveries(session: AsyncSession, removed: OrganizationRemoved) -> None:
    """An organization was removed: what waits for it does not go (R15)."""
    await actions.withdraw_deliveries(session, str(removed.id))
