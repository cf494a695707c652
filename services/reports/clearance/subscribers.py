"""What clearance hears."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.inbox import Subscribers, event_of
from contracts.events.liaison import EngagementFlagged
from services.reports.clearance import actions
from services.reports.talks.actions import flag_talk

subscribers = Subscribers()


@subscribers.on(EngagementFlagged)
async def flag_engagement(session: AsyncSession, flagged: EngagementFlagged) -> None:
    """A talk turned out to have been held after a withdrawal: what was issued on it since then is recalled (R2, R3)."""
    told_at = event_of(session).time
    records = await flag_talk(session, UUID(str(flagged.id)), told_at)
    await actions.recall_slipped(session, records, told_at)
