"""What happens elsewhere that ends access here."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers
from contracts.events.coordination import OrganizationRemoved
from services.gateway.identity.actions import revoke_organization

subscribers = Subscribers()


@subscribers.on(OrganizationRemoved)
async def end_access(session: AsyncSession, removed: OrganizationRemoved) -> None:
    """An organization was removed: its clients, tokens and streams end (R15)."""
    await revoke_organization(session, str(removed.id))
