"""Reads of efforts."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, any_, false, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audience import only, picked
from chassis.database import principal_of
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.reports.efforts.schemas import EffortFilters, EffortOut
from services.reports.efforts.tables import Effort
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.tables import IncidentAlias

_EVERYWHERE: Final = (
    "id", "kind", "title", "text", "actors", "occurred_at", "ends_at", "source", "version",
    "created_at", "updated_at", "label",
)  # fmt: skip
# The grade is the Centre's own judgement; gaps between references would tell of others.
_INSIDE: Final = ("reference", "reliability", "credibility")


def _show(effort: Effort, incidents: list[UUID], *, inside: bool) -> EffortOut:
    """Its countries and themes are its subject's, which need not be those of its label."""
    subject = {"countries": effort.subject_countries, "themes": effort.subject_themes}
    names = (*_EVERYWHERE, *_INSIDE) if inside else _EVERYWHERE
    return only(EffortOut, picked(effort, names) | subject | {"incidents": incidents})


async def list_efforts(session: AsyncSession, paging: Paging, filters: EffortFilters) -> Rows[EffortOut]:
    """Efforts, newest first."""
    query = select(Effort)
    if filters.country:
        query = query.where(Effort.subject_countries.contains([filters.country]))
    if filters.theme:
        query = query.where(Effort.subject_themes.contains([filters.theme]))
    if filters.since:
        query = query.where(Effort.occurred_at >= filters.since)
    if filters.until:
        query = query.where(Effort.occurred_at <= filters.until)
    if filters.incident:
        query = query.where(await _answers_to(session, filters.incident))
    if filters.q:
        query = query.where(or_(Effort.title.icontains(filters.q, autoescape=True), Effort.text.icontains(filters.q, autoescape=True)))
    page = await page_by_key(session, query, Effort, paging)
    return page.showing(await see_efforts(session, page.items))


async def _answers_to(session: AsyncSession, incident: UUID) -> ColumnElement[bool]:
    """Under whatever key it was named, also one that was merged away; what the caller may not read nothing answers to (R18)."""
    seen = (await see_incidents(session, [incident])).get(incident)
    if seen is None:
        return false()
    merged = (await session.execute(select(IncidentAlias.id).where(IncidentAlias.incident_id == seen.id))).scalars()
    return or_(*(literal(key) == any_(Effort.incidents) for key in (seen.id, *merged)))


async def see_efforts(session: AsyncSession, efforts: Sequence[Effort]) -> list[EffortOut]:
    """The efforts as the caller sees them."""
    inside = principal_of(session).is_centre
    seen = await see_incidents(session, list({key for each in efforts for key in each.incidents}))
    return [_show(each, [key for key in each.incidents if key in seen], inside=inside) for each in efforts]


async def see_effort(session: AsyncSession, effort_id: UUID) -> EffortOut:
    """One effort; NotFound when the caller may not read it."""
    return (await see_efforts(session, [await read_record(session, Effort, effort_id, "effort")]))[0]
