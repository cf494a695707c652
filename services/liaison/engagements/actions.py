"""Writes of engagements.

Locks are always taken in one order, parties, concurrences, engagements, so that scheduling, holding, withdrawal and a
party's change of countries wait for one another and never deadlock.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import PreconditionFailed, WrongState
from chassis.labelling import complete_label
from chassis.outbox import announce
from chassis.records import change_record, read_record
from chassis.references import next_references
from contracts.events.liaison import (
    EngagementAnnouncement,
    EngagementCancelled,
    EngagementChanged,
    EngagementFlagged,
    EngagementHeld,
    EngagementProposed,
    EngagementReported,
    EngagementScheduled,
    EngagementSuspended,
)
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.concurrence.errors import ConcurrenceMissing
from services.liaison.concurrence.events import ConcurrenceEnded
from services.liaison.concurrence.queries import lock_given
from services.liaison.concurrence.rules import check_gate, states_joining
from services.liaison.contacts.queries import require_contacts
from services.liaison.engagements.errors import HeadRecords, InThePast, NothingToFollow, NotYetOver, ProposedAsEncounter
from services.liaison.engagements.queries import (
    find_conflicts,
    lock_engagement,
    lock_leaning,
    lock_scheduled_with,
    meeting_of,
    names_of,
)
from services.liaison.engagements.rules import EDITABLE, STEPS, is_allowed
from services.liaison.engagements.schemas import EngagementBody, EngagementKind, EngagementPlan, EngagementState
from services.liaison.engagements.tables import Engagement, Leaning
from services.liaison.parties.queries import find_parties, lock_parties
from services.liaison.screening.actions import require_screened
from services.liaison.screening.schemas import Subject

HEAD = "head-of-centre"
GATED = ("parties", "subject_countries", "subject_themes", "starts_at", "ends_at")
"""What the gate looks at. Who is added to those who attend was never screened, and counts as well (R4)."""


async def propose_engagement(session: AsyncSession, body: EngagementBody) -> Engagement:
    """Propose an engagement; the concurrence gate stands before scheduling. An unplanned encounter is recorded as held."""
    is_encounter = body.kind is EngagementKind.unplanned_encounter
    if is_encounter and not principal_of(session).has(HEAD):
        raise HeadRecords
    if is_encounter and body.ends_at > now():
        raise NotYetOver
    await find_parties(session, body.parties)
    await require_contacts(session, body.contacts, "/contacts")
    if body.follows is not None:
        await _require_held(session, body.follows)
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, themes=body.themes, countries=body.countries)
    engagement = Engagement(
        subject_countries=body.countries,
        subject_themes=body.themes,
        state=EngagementState.held if is_encounter else EngagementState.proposed,
        held_at=now() if is_encounter else None,
        reference=(await next_references(session, "ENG"))[0],
        **body.model_dump(exclude={"countries", "themes", "label"}),
    )
    engagement.label = complete_label(session, body.label, default)
    session.add(engagement)
    await _say(session, EngagementHeld if is_encounter else EngagementProposed, engagement)
    return engagement


async def edit_engagement(session: AsyncSession, engagement_id: UUID, plan: EngagementPlan) -> Engagement:
    """Change what is not held yet. A change of what the gate looks at takes it back to `proposed`: it is scheduled anew (R1)."""
    engagement = await change_record(session, Engagement, engagement_id, "engagement")
    if engagement.state not in EDITABLE:
        raise WrongState("engagement", engagement.state, list(EDITABLE))
    if plan.kind is EngagementKind.unplanned_encounter:
        raise ProposedAsEncounter
    await find_parties(session, plan.parties)
    added = [each for each in plan.contacts if each not in engagement.contacts]
    await require_contacts(session, added, "/contacts")
    wanted = plan.model_dump(exclude={"countries", "themes"}) | {"subject_countries": plan.countries, "subject_themes": plan.themes}
    is_gated_anew = bool(added) or any(getattr(engagement, name) != wanted[name] for name in GATED)
    for name, value in wanted.items():
        setattr(engagement, name, value)
    if is_gated_anew:
        engagement.state, engagement.reason = EngagementState.proposed, None
        await _lean(session, engagement, frozenset())
    await _say(session, EngagementChanged, engagement)
    return engagement


async def schedule_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Schedule an engagement if every State concerned has concurred (R1); ConcurrenceMissing otherwise. Says what conflicts with it.

    Before, every interlocutor is held against the consolidated list (R4); ScreeningPending when the Head has to decide.
    """
    await _screen(session, engagement_id)
    leaned_on, seen = await _pass_gate(session, engagement_id)
    engagement = await _step(session, engagement_id, "schedule", seen)
    if engagement.ends_at <= now():
        raise InThePast
    engagement.reason = None
    await _lean(session, engagement, leaned_on)
    await _say(session, EngagementScheduled, engagement)
    engagement.conflicts = await find_conflicts(session, engagement)
    return engagement


async def hold_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Record that it took place; screening and gate are passed again (R1, R4). One recorded before its time was brought forward to now."""
    held_at = now()
    await _screen(session, engagement_id)
    leaned_on, seen = await _pass_gate(session, engagement_id, held_at)
    engagement = await _step(session, engagement_id, "hold", seen)
    engagement.held_at = held_at
    await _lean(session, engagement, leaned_on)
    await _say(session, EngagementHeld, engagement)
    return engagement


async def report_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """Record that it was written up. A later withdrawal cannot gag a report: it passed the gate when held (R1)."""
    engagement = await _step(session, engagement_id, "report")
    await _say(session, EngagementReported, engagement)
    return engagement


async def report_filed(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """The engagement of which a note was filed, locked: it counts as reported by it."""
    engagement = await lock_engagement(session, engagement_id)
    if is_allowed("report", engagement.state):
        engagement.state = EngagementState.reported
        await _say(session, EngagementReported, engagement)
    return engagement


async def cancel_engagement(session: AsyncSession, engagement_id: UUID, reason: str) -> Engagement:
    """Record that it will not take place."""
    engagement = await _step(session, engagement_id, "cancel")
    engagement.reason = reason
    await _say(session, EngagementCancelled, engagement)
    return engagement


async def end_leaning(session: AsyncSession, ended: ConcurrenceEnded) -> None:
    """What follows when a concurrence ended, for engagements the caller may not see, too.

    Scheduled ones that lean on it are suspended (R2), held ones that took place after it are
    flagged (R3).
    """
    how = "withdrew" if ended.withdrawn else "let lapse"
    async with seeing_all(session, "liaison"):
        for engagement in await lock_leaning(session, ended.id, ended.since):
            if engagement.state == EngagementState.scheduled:
                await _suspend(session, engagement, f"{ended.country} {how} its concurrence {ended.reference}.")
                ended.suspended.append(engagement.id)
            else:
                engagement.held_after_withdrawal = True
                await _say(session, EngagementFlagged, engagement)


async def suspend_unconcurred(session: AsyncSession, party_id: UUID, before: frozenset[str]) -> None:
    """Suspend what concerns one more State since a party is of other countries than `before`.

    Scheduled meetings only, those the caller may not see, too: that State's Government has not been
    asked about them (R1).
    """
    async with seeing_all(session, "liaison"):
        for engagement in await lock_scheduled_with(session, party_id):
            joining = states_joining(await meeting_of(session, engagement, None), party_id, before)
            if joining:
                await _suspend(session, engagement, f"{', '.join(sorted(joining))}: concerned since the countries of a party changed.")


async def _suspend(session: AsyncSession, engagement: Engagement, reason: str) -> None:
    engagement.state, engagement.reason = EngagementState.suspended, reason
    await _say(session, EngagementSuspended, engagement)


async def _screen(session: AsyncSession, engagement_id: UUID) -> None:
    engagement = await read_record(session, Engagement, engagement_id, "engagement")
    parties = [Subject("party", each) for each in engagement.parties]
    await require_screened(session, [*parties, *(Subject("contact", each) for each in engagement.contacts)])


async def _require_held(session: AsyncSession, engagement_id: UUID) -> None:
    before = await session.get(Engagement, engagement_id)
    if before is None or before.held_at is None:
        raise NothingToFollow


async def _pass_gate(session: AsyncSession, engagement_id: UUID, begun: datetime | None = None) -> tuple[frozenset[UUID], int]:
    """The concurrences leaned on, locked, and the version that was judged; ConcurrenceMissing names what is lacking.

    Names only parties the caller may see.
    """
    engagement = await read_record(session, Engagement, engagement_id, "engagement")
    async with seeing_all(session, "liaison"):
        await lock_parties(session, engagement.parties)
        meeting = await meeting_of(session, engagement, begun)
        leaned_on, gaps = check_gate(meeting, await lock_given(session, meeting))
    if gaps:
        names = await names_of(session, [gap.party for gap in gaps])
        missing = [
            {
                "country": gap.country,
                "party": str(gap.party),
                "party_name": names.get(gap.party, "a party"),
                "themes": sorted(gap.themes),
            }
            for gap in gaps
        ]
        raise ConcurrenceMissing(missing)
    return leaned_on, engagement.version


async def _step(session: AsyncSession, engagement_id: UUID, step: str, judged: int | None = None) -> Engagement:
    """The engagement, locked and a step further; PreconditionFailed when it is not the version that was judged."""
    engagement = await change_record(session, Engagement, engagement_id, "engagement")
    if not is_allowed(step, engagement.state):
        raise WrongState("engagement", engagement.state, list(STEPS[step][1]))
    if judged is not None and engagement.version != judged:
        raise PreconditionFailed
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
