"""What engagements do at once when a concurrence or a party changes."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.reactions import Reactions
from services.liaison.concurrence.events import ConcurrenceEnded
from services.liaison.engagements import actions
from services.liaison.parties.events import PartyCountriesChanged

reacts = Reactions()


@reacts.on(ConcurrenceEnded)
async def end_leaning(session: AsyncSession, ended: ConcurrenceEnded) -> None:
    """What leaned on it is suspended, what was held after its end is flagged (R2, R3)."""
    await actions.end_leaning(session, ended)


@reacts.on(PartyCountriesChanged)
async def suspend_unconcurred(session: AsyncSession, changed: PartyCountriesChanged) -> None:
    """What now concerns a State whose Government was not asked is suspended (R1)."""
    await actions.suspend_unconcurred(session, changed.id, changed.before)
