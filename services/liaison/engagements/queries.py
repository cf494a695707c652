"""Reads of engagements."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.liaison.concurrence.rules import Meeting
from services.liaison.concurrence.tables import Concurrence
from services.liaison.engagements.rules import NEAR, clashes
from services.liaison.engagements.schemas import AffectedOut, ConflictOut, EngagementAttended, EngagementBrief, EngagementState
from services.liaison.engagements.tables import Engagement, Leaning
from services.liaison.parties.tables import Party

CONFLICTS_SHOWN = 50


async def list_engagements(
    session: AsyncSession, paging: Paging, state: EngagementState | None, country: str | None, party: UUID | None
) -> Rows[Engagement]:
    """Engagements in a state, concerning a country, with a party."""
    query = select(Engagement)
    if state:
        query = query.where(Engagement.state == state)
    if country:
        query = query.where(Engagement.subject_countries.contains([country]))
    if party:
        query = query.where(Engagement.parties.contains([party]))
    return await page_by_key(session, query, Engagement, paging)


async def meeting_of(session: AsyncSession, engagement: Engagement, begun: datetime | None) -> Meeting:
    """What the concurrence gate looks at; one that was brought forward began when it was `begun`, before its time."""
    parties = (await session.execute(select(Party).where(Party.id.in_(engagement.parties)))).scalars()
    return Meeting(
        parties=tuple((party.id, party.kind, frozenset(party.party_countries)) for party in parties),
        countries=frozenset(engagement.subject_countries),
        themes=frozenset(engagement.subject_themes),
        starts_at=min(engagement.starts_at, begun or engagement.starts_at),
        ends_at=engagement.ends_at,
    )


async def names_of(session: AsyncSession, parties: list[UUID]) -> dict[UUID, str]:
    """The names of those of `parties` that the caller may see."""
    found = (await session.execute(select(Party.id, Party.name).where(Party.id.in_(parties)))).all()
    return {row.id: row.name for row in found}


async def lock_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """An engagement, locked on behalf of something that leans on it; If-Match speaks of that, not of the engagement."""
    query = select(Engagement).where(Engagement.id == engagement_id).with_for_update().execution_options(populate_existing=True)
    engagement = (await session.execute(query)).scalar_one_or_none()
    if engagement is None:
        raise NotFound("engagement")
    return engagement


async def lock_leaning(session: AsyncSession, concurrence_id: UUID, since: datetime) -> list[Engagement]:
    """What leans on a concurrence and takes or took place after `since`, locked in one order."""
    query = _leaning(concurrence_id).where(or_(_planned_after(since), _held_after(since)))
    locked = query.order_by(Engagement.id).with_for_update(of=Engagement).execution_options(populate_existing=True)
    return list((await session.execute(locked)).scalars())


async def lock_scheduled_with(session: AsyncSession, party_id: UUID) -> list[Engagement]:
    """The scheduled engagements with a party, locked in one order."""
    query = select(Engagement).where(Engagement.parties.contains([party_id]), Engagement.state == EngagementState.scheduled)
    locked = query.order_by(Engagement.id).with_for_update().execution_options(populate_existing=True)
    return list((await session.execute(locked)).scalars())


async def affected_by(session: AsyncSession, concurrence_id: UUID, effective_at: datetime | None) -> AffectedOut:
    """What a withdrawal would suspend and flag, of what the caller may see."""
    await read_record(session, Concurrence, concurrence_id, "concurrence")
    since = effective_at or now()
    suspended = await _briefly(session, concurrence_id, _planned_after(since))
    flagged = await _briefly(session, concurrence_id, _held_after(since))
    return AffectedOut(effective_at=since, suspended=suspended, flagged=flagged)


async def _briefly(session: AsyncSession, concurrence_id: UUID, affected: ColumnElement[bool]) -> list[EngagementBrief]:
    query = _leaning(concurrence_id).where(affected).order_by(Engagement.starts_at)
    found = (await session.execute(query)).scalars()
    return [EngagementBrief.model_validate(engagement) for engagement in found]


async def find_conflicts(session: AsyncSession, engagement: Engagement) -> list[ConflictOut]:
    """What conflicts with `engagement`, of what the caller may see, soonest first; at most 50."""
    others = or_(
        Engagement.parties.overlap(engagement.parties),
        Engagement.contacts.overlap(engagement.contacts),
        Engagement.delegation.overlap(engagement.delegation),
    )
    query = (
        select(Engagement)
        .where(Engagement.id != engagement.id, Engagement.state.in_((EngagementState.proposed, EngagementState.scheduled)), others)
        .where(Engagement.starts_at <= engagement.ends_at + NEAR, Engagement.ends_at >= engagement.starts_at - NEAR)
        .order_by(Engagement.starts_at, Engagement.id)
        .limit(CONFLICTS_SHOWN)
    )
    found = [(other, clashes(engagement.plan, other.plan)) for other in (await session.execute(query)).scalars()]
    return [ConflictOut(**EngagementBrief.model_validate(other).model_dump(), because=list(because)) for other, because in found if because]


async def list_conflicts(session: AsyncSession, engagement_id: UUID) -> Rows[ConflictOut]:
    """The conflicts of one engagement, as a list that has one page."""
    engagement = await read_record(session, Engagement, engagement_id, "engagement")
    return Rows(await find_conflicts(session, engagement))


def _leaning(concurrence_id: UUID) -> Select[Engagement]:
    return select(Engagement).join(Leaning, Leaning.engagement_id == Engagement.id).where(Leaning.concurrence_id == concurrence_id)


def _planned_after(since: datetime) -> ColumnElement[bool]:
    """Scheduled, and not over by `since`: what was over by then took place while the concurrence was in force."""
    return and_(Engagement.state == EngagementState.scheduled, Engagement.ends_at > since)


def _held_after(since: datetime) -> ColumnElement[bool]:
    """Held, and not over by `since`. One brought forward was over when it was recorded."""
    was_held = Engagement.state.in_((EngagementState.held, EngagementState.reported))
    return and_(was_held, func.least(Engagement.ends_at, Engagement.held_at) > since)


async def attended_by(session: AsyncSession, contacts: set[UUID]) -> list[EngagementAttended]:
    """The engagements that name one of `contacts`, oldest first."""
    query = select(Engagement).where(Engagement.contacts.overlap(list(contacts))).order_by(Engagement.starts_at)
    return [EngagementAttended.model_validate(each) for each in (await session.execute(query)).scalars()]
