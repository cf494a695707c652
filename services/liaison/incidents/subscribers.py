"""What liaison hears of incidents."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers
from contracts.events.reports import IncidentDescribed, IncidentDiscarded
from services.liaison.incidents import actions

subscribers = Subscribers()


@subscribers.on(IncidentDescribed)
async def keep_incident(session: AsyncSession, described: IncidentDescribed) -> None:
    """An incident may be spoken of in briefs from now on."""
    await actions.keep_incident(session, described)


@subscribers.on(IncidentDiscarded)
async def forget_incident(session: AsyncSession, discarded: IncidentDiscarded) -> None:
    """A discarded incident is spoken of in no brief."""
    await actions.forget_incident(session, discarded)
