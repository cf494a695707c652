"""Writes of incidents: forming them from what intake brings, and grading."""

from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of, seeing_all
from chassis.errors import NotFound, PreconditionFailed
from chassis.outbox import announce
from chassis.records import change_record, etag
from chassis.references import reserve_references
from contracts.events.reports import IncidentDescribed, IncidentGraded, ObservationGraded
from contracts.vocabulary import CENTRE
from services.reports.incidents.errors import Superseded
from services.reports.incidents.queries import IncidentSeen, ObservationSeen, see_incident
from services.reports.incidents.rules import EARTH_RADIUS_KM, WITHIN, WITHIN_KM
from services.reports.incidents.schemas import Grade
from services.reports.incidents.tables import Incident, IncidentGrade, Observation

# Two feeds that tell of one incident at the same moment must not both open it.
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('forming incidents'))")
# The same rule as rules.tell_of_one_incident (a property test holds them equal). `fresh` is the temporary table that
# intake fills with new observations; each already bears the key of an incident of its own, and `opens`. `probe` is
# materialized so that nothing but leakproof comparisons stands between row-level security and the index.
_NEAR: Final = text(
    "create temp table if not exists near on commit drop as"
    " select id, external_id, incident_id, latitude as km, latitude as seconds from fresh with no data"
)
_EMPTY: Final = text("truncate near")
_FIND: Final = text(f"""
insert into near (id, external_id, incident_id, km, seconds)
with probe as materialized (
    select id, external_id, occurred_at, occurred_at - :within as since, occurred_at + :within as until,
        latitude, longitude, subject_themes, squares
    from fresh where opens and superseded_by is null and squares is not null and subject_themes <> '{{}}'
)
select probe.id, probe.external_id, seen.incident_id,
    2 * {EARTH_RADIUS_KM} * asin(least(1, sqrt(
        sin(radians(probe.latitude - seen.latitude) / 2) ^ 2 + cos(radians(probe.latitude)) * cos(radians(seen.latitude))
        * sin(radians(probe.longitude - seen.longitude) / 2) ^ 2))),
    abs(extract(epoch from probe.occurred_at - seen.occurred_at))
from probe join observations seen on seen.grid = any(probe.squares) and seen.superseded_by is null
    and seen.occurred_at between probe.since and probe.until
where seen.source <> :source and probe.subject_themes && seen.subject_themes and not exists (
    select from observations own where own.incident_id = seen.incident_id and own.source = :source)
""")
# Each account takes the nearest incident, and each incident the nearest account of a source: the others open their own.
_JOIN: Final = text(f"""
with best as (
    select distinct on (id) * from near where km <= {WITHIN_KM} order by id, km, seconds, incident_id
), joined as (
    select distinct on (incident_id) external_id, incident_id from best order by incident_id, km, seconds, id
)
update fresh set incident_id = joined.incident_id, opens = false from joined where fresh.external_id = joined.external_id
""")
_OPENING: Final = text("select count(distinct incident_id) from fresh where opens")
_OPEN: Final = text("""
insert into incidents (id, reference, created_at, updated_at)
select incident_id, :stem || lpad(number, greatest(4, length(number)), '0'), :at, :at
from (select incident_id, cast(:first - 1 + row_number() over (order by min(row)) as text) as number
    from fresh where opens group by incident_id) as opened
""")


async def form_incidents(session: AsyncSession, source: str) -> None:
    """Let each new observation of `source` in `fresh` join the nearest incident that another told of, or open its own."""
    await session.execute(_ONE_AT_A_TIME)
    async with seeing_all(session, "reports"):
        await session.execute(_NEAR)
        await session.execute(_EMPTY)
        await session.execute(_FIND, {"within": WITHIN, "source": source})
        await session.execute(_JOIN)
    opening = (await session.execute(_OPENING)).scalar_one()
    if opening:
        stem, first = await reserve_references(session, "INC", opening)
        await session.execute(_OPEN, {"at": now(), "stem": stem, "first": first})


async def grade_observation(session: AsyncSession, observation_id: UUID, grade: Grade) -> ObservationSeen:
    """Grade what one source said. Superseded when that source has corrected it since."""
    observation = await change_record(session, Observation, observation_id, "observation")
    if observation.superseded_by is not None:
        raise Superseded
    observation.reliability, observation.credibility = grade.reliability, int(grade.credibility)
    observation.grade_reason, observation.graded_by = grade.reason, principal_of(session).client_id
    await session.flush()
    # The grade is the Centre's own judgement: the originator of the observation is not told.
    label = observation.label.model_copy(update={"originator": CENTRE})
    await announce(session, ObservationGraded(id=observation.id, version=observation.version, label=label))
    return ObservationSeen(observation, principal_of(session).is_centre)


async def grade_incident(session: AsyncSession, incident_id: UUID, grade: Grade) -> IncidentSeen:
    """Grade the information on an incident, as told by the accounts the caller may read. Earlier grades are kept."""
    await _lock(session, incident_id)
    seen = await see_incident(session, incident_id)
    _check_version(session, seen)
    given = IncidentGrade(
        incident_id=incident_id,
        reliability=grade.reliability,
        credibility=int(grade.credibility),
        reason=grade.reason,
        graded_by=principal_of(session).client_id,
    )
    given.label = seen.label.model_copy(update={"originator": CENTRE})
    session.add(given)
    await session.flush()
    seen.grades.append(given)
    await announce(session, IncidentGraded(id=incident_id, version=seen.version, label=given.label))
    await announce(session, _described(seen, given))
    return seen


def _described(seen: IncidentSeen, given: IncidentGrade) -> IncidentDescribed:
    names = ("id", "version", "reference", "title", "occurred_at", "places", "themes", "reliability", "credibility")
    return IncidentDescribed(label=given.label, graded_at=given.created_at, **{name: getattr(seen, name) for name in names})


async def _lock(session: AsyncSession, incident_id: UUID) -> None:
    found = await session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())
    if found.scalar_one_or_none() is None:
        raise NotFound("incident")


def _check_version(session: AsyncSession, seen: IncidentSeen) -> None:
    wanted: str | None = session.info.get("if_match")
    if wanted is not None and wanted not in ("*", etag(seen.version)):
        raise PreconditionFailed
