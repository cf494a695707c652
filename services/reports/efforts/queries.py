"""Reads of efforts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, false, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.reports.efforts.schemas import EffortFilters
from services.reports.efforts.tables import Effort
from services.reports.incidents.queries import see_incidents
from services.reports.incidents.tables import IncidentAlias


@dataclass(frozen=True)
class EffortSeen:
    """An effort as its reader sees it: reference and grade stay inside, and incidents are those the reader may read."""

    effort: Effort
    inside: bool
    incidents: list[UUID]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.effort, name)

    @property
    def countries(self) -> list[str]:
        """Where it goes on, which need not be the countries of its label."""
        return self.effort.subject_countries

    @property
    def themes(self) -> list[str]:
        """What it is against, which need not be the themes of its label."""
        return self.effort.subject_themes

    @property
    def reference(self) -> str | None:
        """Its number."""
        return self.effort.reference if self.inside else None

    @property
    def reliability(self) -> str | None:
        """The grade of its source."""
        return self.effort.reliability if self.inside else None

    @property
    def credibility(self) -> int | None:
        """The grade of what it says."""
        return self.effort.credibility if self.inside else None


async def list_efforts(session: AsyncSession, paging: Paging, filters: EffortFilters) -> Rows[EffortSeen]:
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


async def see_efforts(session: AsyncSession, efforts: Sequence[Effort]) -> list[EffortSeen]:
    """The efforts as the caller sees them."""
    inside = principal_of(session).is_centre
    seen = await see_incidents(session, list({key for each in efforts for key in each.incidents}))
    return [EffortSeen(each, inside, [key for key in each.incidents if key in seen]) for each in efforts]


async def see_effort(session: AsyncSession, effort_id: UUID) -> EffortSeen:
    """One effort; NotFound when the caller may not read it."""
    return (await see_efforts(session, [await read_record(session, Effort, effort_id, "effort")]))[0]
