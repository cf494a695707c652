"""Discarding what tells of nothing we need, and restoring it. Nothing is deleted, and nothing a source said is changed."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotFound, PreconditionFailed, Problem
from chassis.outbox import announce
from contracts.events.reports import IncidentDiscarded, IncidentRestored
from contracts.vocabulary import CENTRE
from services.reports.incidents.actions import describe, require_version
from services.reports.incidents.queries import IncidentSeen, see_incidents
from services.reports.incidents.rules import HeldBack, held_from
from services.reports.incidents.tables import Incident, Observation
from services.reports.triage.actions.claiming import HEAD, Refusals, refused_to, require_all
from services.reports.triage.errors import AlreadyDiscarded, NotDiscarded
from services.reports.triage.queries import TriageWhole, claims_on, read_triage, trust_of_feeds
from services.reports.triage.rules import DecisionKind
from services.reports.triage.tables import TriageClaim, TriageDecision


async def discard_incident(session: AsyncSession, incident_id: UUID, reason: str) -> TriageWhole:
    """Discard an incident: the accounts of it that the caller may read leave lists, map and counts."""
    require_all(await discard_incidents(session, [incident_id], reason))
    return await read_triage(session, incident_id)


async def discard_incidents(session: AsyncSession, keys: Sequence[UUID], reason: str) -> Refusals:
    """Discard those that may be; why the others are refused: not there, discarded before, changed since, or claimed by another."""
    seen = await _lock(session, keys)
    refusals = await _refusals(session, keys, seen)
    incidents = {each.id: each for key, each in seen.items() if key not in refusals}
    for incident in incidents.values():
        accounts = [each for each in incident.told if each.held_back != HeldBack.discarded]
        for account in accounts:
            account.held_back = HeldBack.discarded
        _decide(session, incident, DecisionKind.discarded, accounts, reason)
    await session.execute(delete(TriageClaim).where(TriageClaim.incident_id.in_(incidents)))
    for incident in incidents.values():
        label = incident.label.model_copy(update={"originator": CENTRE})
        await announce(session, IncidentDiscarded(id=incident.id, version=incident.version, label=label))
    return refusals


async def restore_incident(session: AsyncSession, incident_id: UUID, reason: str) -> TriageWhole:
    """Bring back what was discarded of an incident: listed, or waiting where its feed is of low trust and nobody has graded it."""
    seen = (await _lock(session, [incident_id])).get(incident_id)
    if seen is None:
        raise NotFound("incident")
    require_version(session, seen)
    accounts = [each for each in seen.told if each.held_back == HeldBack.discarded]
    if not accounts:
        raise NotDiscarded
    trusts = await trust_of_feeds(session)
    for account in accounts:
        account.held_back = None if seen.graded or account.graded_by else held_from(trusts[account.feed])
        account.listed_at = account.listed_at if account.held_back else now()
    _decide(session, seen, DecisionKind.restored, accounts, reason)
    await session.flush()
    label = seen.label.model_copy(update={"originator": CENTRE})
    await announce(session, IncidentRestored(id=seen.id, version=seen.version, label=label))
    if seen.grades:
        await announce(session, await describe(session, replace(seen), seen.grades[-1]))
    return await read_triage(session, incident_id)


async def _lock(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, IncidentSeen]:
    """The incidents as they are once nobody else changes them."""
    found = {each.id for each in (await see_incidents(session, keys)).values()}
    # In order, so that two who discard the same never wait for each other.
    await session.execute(select(Incident.id).where(Incident.id.in_(found)).order_by(Incident.id).with_for_update())
    session.expire_all()
    return await see_incidents(session, keys)


async def _refusals(session: AsyncSession, keys: Sequence[UUID], seen: dict[UUID, IncidentSeen]) -> dict[UUID, Problem]:
    caller = principal_of(session)
    claims = await claims_on(session, {each.id for each in seen.values()})
    claimed = {} if caller.has(HEAD) else refused_to(caller.client_id, seen, claims)
    own = {key: refusal for key in keys if (refusal := _refusal(session, seen.get(key)))}
    return {**claimed, **own}


def _refusal(session: AsyncSession, seen: IncidentSeen | None) -> Problem | None:
    if seen is None:
        return NotFound("incident")
    try:
        require_version(session, seen)
    except PreconditionFailed as refusal:
        return refusal
    return AlreadyDiscarded() if seen.held_back is HeldBack.discarded else None


def _decide(session: AsyncSession, seen: IncidentSeen, kind: DecisionKind, accounts: Sequence[Observation], reason: str) -> None:
    by = principal_of(session).client_id
    decision = TriageDecision(incident_id=seen.id, kind=kind, reason=reason, decided_by=by, observations=[each.id for each in accounts])
    decision.label = seen.label.model_copy(update={"originator": CENTRE})
    session.add(decision)
