"""Grading: reliability of a source and credibility of what it says."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.database import principal_of
from chassis.errors import PreconditionFailed
from chassis.outbox import announce
from chassis.preconditions import is_matched
from chassis.records import change_record, etag
from contracts.events.reports import IncidentDescribed, IncidentGraded, ObservationGraded
from contracts.vocabulary import CENTRE
from services.reports.incidents.errors import Discarded, Superseded
from services.reports.incidents.queries import IncidentSeen, ObservationSeen, incident_detail, observation_out, see_incident, veil_titles
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.schemas import Grade, IncidentDetail, ObservationOut
from services.reports.incidents.tables import Incident, IncidentGrade, Observation


async def grade_observation(session: AsyncSession, observation_id: UUID, grade: Grade) -> ObservationOut:
    """Grade what one source said. Superseded when that source has corrected it since."""
    observation = await change_record(session, Observation, observation_id, "observation")
    if observation.superseded_by is not None:
        raise Superseded
    if observation.held_back == HeldBack.discarded:
        raise Discarded
    _accept([observation])
    observation.reliability, observation.credibility = grade.reliability, int(grade.credibility)
    observation.grade_reason, observation.graded_by = grade.reason, principal_of(session).client_id
    await session.flush()
    # The grade is the Centre's own judgement: the originator of the observation is not told.
    label = observation.label.model_copy(update={"originator": CENTRE})
    await announce(session, ObservationGraded(id=observation.id, version=observation.version, label=label))
    return observation_out(ObservationSeen(observation, principal_of(session).is_centre))


async def grade_incident(session: AsyncSession, incident_id: UUID, grade: Grade) -> IncidentDetail:
    """Grade the information on an incident, as told by the accounts the caller may read. Earlier grades are kept.

    Who grades has looked: accounts that waited for a person are listed from then on. Discarded when all of it was.
    """
    await _lock(session, (await see_incident(session, incident_id)).id)
    seen = await see_incident(session, incident_id)
    require_version(session, seen)
    if seen.held_back is HeldBack.discarded:
        raise Discarded
    seen = await _accepted(session, seen)
    given = IncidentGrade(
        incident_id=seen.id,
        reliability=grade.reliability,
        credibility=int(grade.credibility),
        reason=grade.reason,
        graded_by=principal_of(session).client_id,
    )
    given.label = seen.label.model_copy(update={"originator": CENTRE})
    session.add(given)
    await session.flush()
    seen.grades.append(given)
    await announce(session, IncidentGraded(id=seen.id, version=seen.version, label=given.label))
    await announce(session, await describe(session, seen, given))
    return incident_detail(seen)


async def describe_anew(session: AsyncSession, told: Observation) -> None:
    """Tell other services of a graded incident anew: what is withheld of the account that gives its title has changed."""
    seen = await see_incident(session, told.incident_id)
    if seen.grades and seen.first.id == told.id:
        await announce(session, await describe(session, seen, seen.grades[-1]))


async def describe(session: AsyncSession, seen: IncidentSeen, given: IncidentGrade) -> IncidentDescribed:
    """Without names of persons: services that speak of it put it into files (R4)."""
    names = ("id", "version", "reference", "occurred_at", "places", "themes", "reliability", "credibility")
    title = (await veil_titles(session, [seen.first]))[seen.first.id].title
    return IncidentDescribed(label=given.label, graded_at=given.created_at, title=title, **{name: getattr(seen, name) for name in names})


async def _lock(session: AsyncSession, incident_id: UUID) -> None:
    await session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())


async def _accepted(session: AsyncSession, seen: IncidentSeen) -> IncidentSeen:
    if not _accept(seen.told):
        return seen
    await session.flush()
    return replace(seen)  # What was read off the accounts is read anew.


def _accept(accounts: list[Observation]) -> bool:
    """List accounts that waited; whether there were any. Discarded ones stay so until they are restored."""
    waiting = [each for each in accounts if each.held_back == HeldBack.waiting]
    for each in waiting:
        each.held_back, each.listed_at = None, now()
    return bool(waiting)


def require_version(session: AsyncSession, seen: IncidentSeen) -> None:
    """PreconditionFailed when the request's If-Match names another version than this reader sees."""
    wanted = context_of(session).if_match
    if wanted is not None and not is_matched(wanted, etag(seen.version)):
        raise PreconditionFailed
