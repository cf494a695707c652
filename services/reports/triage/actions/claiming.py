"""Taking incidents on, one person each, and letting them go."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotFound, Problem
from chassis.outbox import announce
from contracts.events.reports import IncidentClaimed, IncidentReleased
from contracts.vocabulary import CENTRE
from services.reports.incidents.queries import IncidentSeen, see_incident, see_incidents
from services.reports.incidents.rules import HeldBack
from services.reports.triage.errors import AlreadyDiscarded, Claimed, NotClaimed
from services.reports.triage.queries import TriageWhole, claims_on, read_triage
from services.reports.triage.tables import TriageClaim

HEAD = "head-of-centre"
Refusals = Mapping[UUID, Problem]
"""Why some of the incidents that were named are refused, by the key they were named by."""


async def claim_incident(session: AsyncSession, incident_id: UUID) -> TriageWhole:
    """Take an incident on; whoever has done so already keeps it. Claimed by whom, when another has."""
    require_all(await claim_incidents(session, [incident_id]))
    return await read_triage(session, incident_id)


async def claim_incidents(session: AsyncSession, keys: Sequence[UUID]) -> Refusals:
    """Take on what nobody else has; why the others are refused. Of two who ask at once, one waits for the other and is told."""
    seen = await see_incidents(session, keys)
    free = {each.id: each for each in seen.values() if each.held_back is not HeldBack.discarded}
    me = principal_of(session).client_id
    # In order, so that two who claim the same never wait for each other.
    rows = [{"incident_id": key, "claimed_by": me, "claimed_at": now()} for key in sorted(free)]
    if rows:
        taken = await session.execute(insert(TriageClaim).values(rows).on_conflict_do_nothing().returning(TriageClaim.incident_id))
        await announce(session, *(_claimed(free[key], me) for key in taken.scalars()))
    refusals = {key: refusal for key in keys if (refusal := _refusal(seen.get(key)))}
    return {**refused_to(me, seen, await claims_on(session, free)), **refusals}


async def release_incident(session: AsyncSession, incident_id: UUID) -> TriageWhole:
    """Let go of an incident; the Head releases anybody's. Claimed when another has it, NotClaimed when nobody has."""
    seen, caller = await see_incident(session, incident_id), principal_of(session)
    held = delete(TriageClaim).where(TriageClaim.incident_id == seen.id)
    own = held if caller.has(HEAD) else held.where(TriageClaim.claimed_by == caller.client_id)
    if (await session.execute(own.returning(TriageClaim.incident_id))).scalar() is None:
        holder = (await claims_on(session, [seen.id])).get(seen.id)
        raise Claimed(holder.claimed_by) if holder else NotClaimed
    label = seen.label.model_copy(update={"originator": CENTRE})
    await announce(session, IncidentReleased(id=seen.id, version=seen.version, label=label))
    return await read_triage(session, incident_id)


def refused_to(me: str, seen: Mapping[UUID, IncidentSeen], claims: Mapping[UUID, TriageClaim]) -> dict[UUID, Problem]:
    """The refusals of those that somebody else has taken on."""
    holders = {key: claims[each.id].claimed_by for key, each in seen.items() if each.id in claims}
    return {key: Claimed(by) for key, by in holders.items() if by != me}


def require_all(refusals: Refusals) -> None:
    """Raise the first refusal, if there is any."""
    for refusal in refusals.values():
        raise refusal


def _refusal(seen: IncidentSeen | None) -> Problem | None:
    if seen is None:
        return NotFound("incident")
    return AlreadyDiscarded() if seen.held_back is HeldBack.discarded else None


def _claimed(seen: IncidentSeen, by: str) -> IncidentClaimed:
    """The claim is the Centre's own affair: the originators of its accounts are not told."""
    return IncidentClaimed(id=seen.id, version=seen.version, label=seen.label.model_copy(update={"originator": CENTRE}), by=by)
