"""What screening does at once when a contact changes."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.reactions import Reactions
from contracts.events.liaison import ContactErased
from services.liaison.screening import actions

reacts = Reactions()


@reacts.on(ContactErased)
async def forget_subject(session: AsyncSession, erased: ContactErased) -> None:
    """Nothing that was found on the person stays (R4)."""
    await actions.forget_subject(session, UUID(str(erased.id)))
