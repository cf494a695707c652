"""Reads of observations and incidents."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import false, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from chassis.database import principal_of
from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.reports.incidents.queries.answers import incident_detail, incident_out, observation_out
from services.reports.incidents.queries.filters import Filters, conditions, narrowing
from services.reports.incidents.queries.ranking import LAST, Order, rank_incidents
from services.reports.incidents.queries.seen import IncidentSeen, ObservationSeen
from services.reports.incidents.queries.veiling import veil
from services.reports.incidents.queries.words import FIRST, behind_recent, find_words
from services.reports.incidents.schemas import IncidentDetail, IncidentOut, ObservationOut
from services.reports.incidents.tables import Incident, IncidentAlias, IncidentGrade, IncidentMove, Mention, Observation

# More accounts of one incident than this, among the newest, are read in another turn.
ACCOUNTS_EACH: Final = 4


async def list_incidents(session: AsyncSession, paging: Paging, filters: Filters, order: Order = Order.newest) -> Rows[IncidentOut]:
    """Incidents with an account that fits, newest first, or those that say most of the words of `q` first."""
    if filters.q and order is Order.relevance:
        page = await rank_incidents(session, paging, await find_words(session, filters))
    else:
        before = UUID(paging.after) if paging.after else LAST
        found = await _newest_that_fit(session, filters, before, paging.limit + 1)
        page = paging.cut(found, lambda key: key)
    seen = await see_incidents(session, page.items)
    return page.showing([incident_out(seen[key]) for key in page.items])


async def _newest_that_fit(session: AsyncSession, filters: Filters, before: UUID, limit: int) -> list[UUID]:
    """The newest incidents with an account that fits: most often they are among the newest accounts there are.

    Where those are too few, all that fit are found by whatever index finds them fast, and then put in order: the planner would walk
    on from account to account, through the whole table for what is rare, old, or not for the reader.
    """
    key = Observation.incident_id
    recent = await behind_recent(session, before)
    found: list[UUID] = []

    async def among_recent(asked: Filters) -> bool:
        fits = select(key).where(*conditions(asked, walking=True), key < before, key >= (recent or FIRST)).distinct()
        found[:] = (await session.execute(fits.order_by(key.desc()).limit(limit))).scalars()
        return len(found) == limit

    filters = await find_words(session, filters, among_recent)
    if recent and len(found) < limit:
        found = await _newest_of_all(session, filters, before, limit)
    return found


async def _newest_of_all(session: AsyncSession, filters: Filters, before: UUID, limit: int) -> list[UUID]:
    """The newest of all that fit; only their accounts are told apart by incident: doing so for all takes as long as finding them."""
    found: dict[UUID, None] = {}
    accounts = ACCOUNTS_EACH * limit
    while len(found) < limit:
        # The offset keeps the planner from walking in the order that is asked for.
        fits = select(Observation.incident_id).where(*conditions(filters), Observation.incident_id < before).offset(0).subquery("fits")
        query = select(fits.c.incident_id).order_by(fits.c.incident_id.desc()).limit(accounts)
        told = (await session.execute(query)).scalars().all()
        found |= dict.fromkeys(told)
        if len(told) < accounts:
            break
        before = told[-1]
    return list(found)[:limit]


async def see_incidents(session: AsyncSession, keys: Sequence[UUID], *, whole: bool = False) -> dict[UUID, IncidentSeen]:
    """The incidents under `keys` as the caller sees them, merged ones as what they became; `whole` brings the accounts' texts along."""
    if not keys:
        return {}
    led = await _led(session, keys)
    told: dict[UUID, list[Observation]] = defaultdict(list)
    inside = principal_of(session).is_centre
    query = select(Observation).where(Observation.incident_id.in_(set(led.values())), Observation.superseded_by.is_(None))
    query = query.order_by(Observation.id)
    for account in (await session.execute(query if whole or not inside else query.options(defer(Observation.text)))).scalars():
        told[account.incident_id].append(account)
    grades, moved = await _grades_of(session, list(told)), await _moved(session, list(told))
    incidents = (await session.execute(select(Incident).where(Incident.id.in_(list(told))))).scalars()
    veiled = await veil(session, (each for accounts in told.values() for each in accounts))
    mentioned = await _mentioned(session, [each for accounts in told.values() for each in accounts]) if whole else {}
    seen = {each.id: IncidentSeen(each, told[each.id], grades[each.id], inside, moved[each.id], veiled, mentioned) for each in incidents}
    return {key: seen[led[key]] for key in keys if led[key] in seen}


async def _led(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, UUID]:
    """Where each key leads: to itself, unless its incident was merged away."""
    found = await session.execute(select(IncidentAlias.id, IncidentAlias.incident_id).where(IncidentAlias.id.in_(keys)))
    return {key: key for key in keys} | {row.id: row.incident_id for row in found}


async def _grades_of(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, list[IncidentGrade]]:
    """The grades of each, those given to what was merged into it among them, in the order they were given."""
    query = select(IncidentAlias.id, IncidentAlias.incident_id).where(IncidentAlias.incident_id.in_(keys))
    led = {key: key for key in keys} | {row.id: row.incident_id for row in await session.execute(query)}
    grades: dict[UUID, list[IncidentGrade]] = defaultdict(list)
    given = select(IncidentGrade).where(IncidentGrade.incident_id.in_(led)).order_by(IncidentGrade.id)
    for grade in (await session.execute(given)).scalars():
        grades[led[grade.incident_id]].append(grade)
    return grades


async def _moved(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, int]:
    """What regroupings add to each one's version."""
    either = or_(IncidentMove.incident_id.in_(keys), IncidentMove.other_id.in_(keys))
    moved: dict[UUID, int] = defaultdict(int)
    query = select(IncidentMove.incident_id, IncidentMove.other_id, IncidentMove.weight).where(either)
    for one, other, weight in await session.execute(query):
        moved[one] += weight
        moved[other] += weight
    return moved


async def _mentioned(session: AsyncSession, accounts: Sequence[Observation]) -> dict[UUID, int]:
    """How many articles mention each account that any does."""
    named = tuple_(Mention.feed, Mention.external_id).in_({(each.feed, each.external_id) for each in accounts})
    query = select(Mention.feed, Mention.external_id, func.count().label("articles")).where(named)
    grouped = await session.execute(query.group_by(Mention.feed, Mention.external_id))
    counts = {(row.feed, row.external_id): row.articles for row in grouped}
    return {each.id: counts[each.feed, each.external_id] for each in accounts if (each.feed, each.external_id) in counts}


async def see_incident(session: AsyncSession, key: UUID) -> IncidentSeen:
    """One incident with its accounts; NotFound when the caller may read none of them."""
    seen = await see_incidents(session, [key], whole=True)
    if key not in seen:
        raise NotFound("incident")
    return seen[key]


async def read_incident(session: AsyncSession, key: UUID) -> IncidentDetail:
    """One incident with its accounts; NotFound when the caller may read none of them."""
    return incident_detail(await see_incident(session, key))


async def list_observations(
    session: AsyncSession, paging: Paging, incident: UUID | None, feed: str | None, filters: Filters
) -> Rows[ObservationOut]:
    """Observations, newest first; a version that was corrected stands beside its correction."""
    query = select(Observation)
    inside = principal_of(session).is_centre
    if incident:
        # Outside the Centre nobody learns by asking which incident an observation belongs to.
        query = query.where(Observation.incident_id == incident, true() if inside else false())
    if feed:
        query = query.where(Observation.feed == feed)
    query = query.where(*narrowing(await find_words(session, filters)))
    page = await page_by_key(session, query, Observation, paging)
    veiled = await veil(session, page.items)
    seen = [ObservationSeen(told, inside, veiled.get(told.id)) for told in page.items]
    return page.showing([observation_out(told) for told in seen])


async def read_observation(session: AsyncSession, key: UUID) -> ObservationOut:
    """One observation; NotFound when the caller may not read it."""
    found = await read_record(session, Observation, key, "observation")
    veiled = await veil(session, [found])
    inside = principal_of(session).is_centre
    return observation_out(ObservationSeen(found, inside, veiled.get(found.id)))
