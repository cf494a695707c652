"""What hand-over does at once when a contact changes."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.reactions import Reactions
from contracts.events.liaison import ContactErased
from services.liaison.handover.actions import forgetting

reacts = Reactions()


@reacts.on(ContactErased)
async def forget_quarantined(session: AsyncSession, erased: ContactErased) -> None:
    """Nothing of the person stays in quarantine (R4)."""
    await forgetting.forget_quarantined(session, UUID(str(erased.id)))
