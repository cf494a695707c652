"""Reads of engagements."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, page_by_key
from services.liaison.concurrence.rules import Meeting
from services.liaison.concurrence.tables import Concurrence
from services.liaison.engagements.schemas import EngagementState
from services.liaison.engagements.tables import Engagement, Leaning
from services.liaison.parties.tables import Party


async def list_engagements(session: AsyncSession, paging: Paging, state: EngagementState | None, country: str | None) -> dict[str, Any]:
    """Engagements in a state, concerning a country."""
    query = select(Engagement)
    if state:
        query = query.where(Engagement.state == state)
    if country:
        query = query.where(Engagement.subject_countries.contains([country]))
    return await page_by_key(session, query, Engagement, paging)


async def meeting_of(session: AsyncSession, engagement: Engagement) -> tuple[Meeting, dict[Any, str]]:
    """What the concurrence gate looks at, and the names of the parties."""
    parties = list((await session.execute(select(Party).where(Party.id.in_(engagement.parties)))).scalars())
    meeting = Meeting(
        parties=tuple((party.id, party.kind, frozenset(party.party_countries)) for party in parties),
        countries=frozenset(engagement.subject_countries),
        themes=frozenset(engagement.subject_themes),
        starts_at=engagement.starts_at,
        ends_at=engagement.ends_at,
    )
    return meeting, {party.id: party.name for party in parties}


async def lock_scheduled_on(session: AsyncSession, concurrence: Concurrence) -> list[Engagement]:
    """The scheduled engagements that lean on `concurrence`, locked."""
    query = (
        select(Engagement)
        .join(Leaning, Leaning.engagement_id == Engagement.id)
        .where(Leaning.concurrence_id == concurrence.id, Engagement.state == EngagementState.scheduled)
        .order_by(Engagement.id)
        .with_for_update(of=Engagement)
        .execution_options(populate_existing=True)
    )
    return list((await session.execute(query)).scalars())
