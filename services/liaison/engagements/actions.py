"""Writes of engagements.

Locks are always taken in one order, concurrences before engagements, so that scheduling, holding and withdrawal wait
for one another and never deadlock.
"""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from chassis.errors import WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from chassis.references import next_references
from contracts.events.liaison import (
    EngagementAnnouncement,
    EngagementCancelled,
    EngagementHeld,
    EngagementProposed,
    EngagementReported,
    EngagementScheduled,
    EngagementSuspended,
)
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.concurrence.errors import ConcurrenceMissing
from services.liaison.concurrence.queries import lock_granted
from services.liaison.concurrence.rules import check_gate
from services.liaison.concurrence.tables import Concurrence
from services.liaison.engagements.errors import InThePast
from services.liaison.engagements.queries import lock_scheduled_on, meeting_of
from services.liaison.engagements.rules import STEPS, is_allowed
from services.liaison.engagements.schemas import EngagementBody, EngagementState
from services.liaison.engagements.tables import Engagement, Leaning
from services.liaison.parties.queries import find_parties


async def propose_engagement(session: AsyncSession, body: EngagementBody) -> Engagement:
    """Propose an engagement; the concurrence gate stands before scheduling."""
    await find_parties(session, body.parties)
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, themes=body.themes, countries=body.countries)
    engagement = Engagement(
        subject_countries=body.countries,
        subject_themes=body.themes,
        state=EngagementState.proposed,
        reference=(await next_references(session, "ENG"))[0],
        **body.model_dump(exclude={"countries", "themes", "label"}),
    )
    engagement.label = complete_label(session, body.label, default)
    session.add(engagement)
    await session.flush()
    await _say(session, EngagementProposed, engagement)
    return engagement


async def schedule_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Schedule an engagement if every State concerned has concurred (R1); ConcurrenceMissing otherwise."""
    leaned_on = await _pass_gate(session, engagement_id)
    engagement = await _step(session, engagement_id, "schedule")
    if engagement.ends_at <= now():
        raise InThePast
    await _lean(session, engagement, leaned_on)
    await _say(session, EngagementScheduled, engagement)
    return engagement


async def hold_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Record that it took place; the gate is passed again (R1)."""
    leaned_on = await _pass_gate(session, engagement_id)
    engagement = await _step(session, engagement_id, "hold")
    engagement.held_at = now()
    await _lean(session, engagement, leaned_on)
    await _say(session, EngagementHeld, engagement)
    return engagement


async def report_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Record that it was written up. A later withdrawal cannot gag a report: it passed the gate when held (R1)."""
    engagement = await _step(session, engagement_id, "report")
    await _say(session, EngagementReported, engagement)
    return engagement


async def cancel_engagement(session: AsyncSession, engagement_id: UUID, reason: str) -> Engagement:
    """Record that it will not take place."""
    engagement = await _step(session, engagement_id, "cancel")
    engagement.reason = reason
    await _say(session, EngagementCancelled, engagement)
    return engagement


async def suspend_leaning(session: AsyncSession, concurrence: Concurrence) -> list[UUID]:
    """Suspend every scheduled engagement that leans on `concurrence`, also those the caller may not see (R2)."""
    async with seeing_all(session, "liaison"):
        engagements = await lock_scheduled_on(session, concurrence)
        for engagement in engagements:
            engagement.state = EngagementState.suspended
            engagement.reason = f"{concurrence.country} withdrew its concurrence {concurrence.reference}."
            await _say(session, EngagementSuspended, engagement)
    return [engagement.id for engagement in engagements]


async def _pass_gate(session: AsyncSession, engagement_id: UUID) -> frozenset[UUID]:
    """The concurrences leaned on, locked; ConcurrenceMissing names what is lacking."""
    engagement = await read_record(session, Engagement, engagement_id, "engagement")
    async with seeing_all(session, "liaison"):
        meeting, names = await meeting_of(session, engagement)
        leaned_on, gaps = check_gate(meeting, await lock_granted(session, meeting))
    if gaps:
        missing = [
            {"country": gap.country, "party": str(gap.party), "party_name": names[gap.party], "themes": sorted(gap.themes)} for gap in gaps
        ]
        raise ConcurrenceMissing(missing)
    return leaned_on


async def _step(session: AsyncSession, engagement_id: UUID, step: str) -> Engagement:
    engagement = await change_record(session, Engagement, engagement_id, "engagement")
    if not is_allowed(step, engagement.state):
        raise WrongState("engagement", engagement.state, list(STEPS[step][1]))
    engagement.state = STEPS[step][0]
    return engagement


async def _lean(session: AsyncSession, engagement: Engagement, concurrences: frozenset[UUID]) -> None:
    await session.execute(delete(Leaning).where(Leaning.engagement_id == engagement.id))
    session.add_all(Leaning(concurrence_id=each, engagement_id=engagement.id) for each in sorted(concurrences))
    engagement.concurrences = sorted(concurrences)


async def _say(session: AsyncSession, announcement: type[EngagementAnnouncement], engagement: Engagement) -> None:
    await session.flush()
    await announce(
        session,
        announcement(
            id=engagement.id,
            version=engagement.version,
            label=engagement.label,
            state=engagement.state,
            concurrences=engagement.concurrences,
        ),
    )
