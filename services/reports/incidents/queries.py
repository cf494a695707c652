"""Reads of observations and incidents. An incident is put together from the accounts its reader may read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from chassis.database import principal_of
from chassis.errors import Invalid, NotFound
from chassis.pagination import Paging, page_by_key
from chassis.records import read_record
from contracts.labels import Label
from services.reports.incidents.rules import join_labels
from services.reports.incidents.tables import Incident, IncidentGrade, Observation


@dataclass(frozen=True)
class Filters:
    """What a reader asks of incidents; one account that fits is enough."""

    country: str | None = None
    theme: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    bbox: str | None = None
    graded: bool | None = None
    q: str | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class ObservationSeen:
    """An observation as its reader sees it: the Centre's grade and grouping stay inside the Centre."""

    observation: Observation
    inside: bool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.observation, name)

    @property
    def themes(self) -> list[str]:
        """The themes it speaks of, which need not be those of its label."""
        return self.observation.subject_themes

    @property
    def incident(self) -> UUID | None:
        """The incident it tells of; outside the Centre it would tell that others spoke of it too."""
        return self.observation.incident_id if self.inside else None

    @property
    def reliability(self) -> str | None:
        """The grade of its source."""
        return self.observation.reliability if self.inside else None

    @property
    def credibility(self) -> int | None:
        """The grade of what it says."""
        return self.observation.credibility if self.inside else None


@dataclass(frozen=True)
class AccountSeen:
    """One source's account of an incident."""

    observation: ObservationSeen

    @property
    def source(self) -> str:
        """Who says so."""
        return self.observation.observation.source

    @property
    def figures(self) -> dict[str, Any]:
        """Its figures, beside the others' (R6)."""
        return self.observation.observation.figures

    @property
    def reliability(self) -> str | None:
        """The grade of its source."""
        return self.observation.reliability

    @property
    def credibility(self) -> int | None:
        """The grade of what it says."""
        return self.observation.credibility


@dataclass(frozen=True)
class IncidentSeen:
    """An incident as its reader sees it: the first account gives title and place, all give themes, countries, label."""

    incident: Incident
    told: list[Observation]
    grades: list[IncidentGrade]
    inside: bool

    @property
    def first(self) -> Observation:
        """The account that was stored first."""
        return self.told[0]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.first, name)

    @property
    def id(self) -> UUID:
        """Its key."""
        return self.incident.id

    @property
    def reference(self) -> str | None:
        """Its number; outside the Centre gaps between numbers would tell of others."""
        return self.incident.reference if self.inside else None

    @property
    def places(self) -> list[str]:
        """The union of its accounts' countries."""
        return sorted({place for each in self.told for place in each.places})

    countries = places

    @property
    def themes(self) -> list[str]:
        """The union of its accounts' themes."""
        return sorted({theme for each in self.told for theme in each.subject_themes})

    @property
    def observations(self) -> int:
        """How many accounts its reader may read."""
        return len(self.told)

    @property
    def sources(self) -> list[str]:
        """Who tells of it."""
        return sorted({each.source for each in self.told})

    @property
    def accounts(self) -> list[AccountSeen]:
        """The accounts, side by side (R6)."""
        return [AccountSeen(ObservationSeen(each, self.inside)) for each in self.told]

    @property
    def reliability(self) -> str | None:
        """The last grade its reader may read."""
        return self.grades[-1].reliability if self.grades else None

    @property
    def credibility(self) -> int | None:
        """The last grade its reader may read."""
        return self.grades[-1].credibility if self.grades else None

    @property
    def graded(self) -> bool:
        """True when the incident itself bears a grade."""
        return bool(self.grades)

    @property
    def version(self) -> int:
        """Rises with each change its reader can see, and with no other."""
        return sum(each.version for each in self.told) + len(self.grades)

    @property
    def created_at(self) -> datetime:
        """When the first account was stored."""
        return self.first.created_at

    @property
    def updated_at(self) -> datetime:
        """When something its reader can see last changed."""
        return max([*(each.updated_at for each in self.told), *(each.updated_at for each in self.grades)])

    @property
    def label(self) -> Label:
        """The join of its accounts' labels."""
        return join_labels(each.label for each in self.told)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Observation.superseded_by.is_(None)]
    if filters.country:
        undetermined = and_(Observation.country.is_(None), Observation.countries.contains([filters.country]))
        wanted.append(or_(Observation.country == filters.country, undetermined))
    if filters.theme:
        wanted.append(Observation.subject_themes.contains([filters.theme]))
    if filters.since:
        wanted.append(Observation.occurred_at >= filters.since)
    if filters.until:
        wanted.append(Observation.occurred_at <= filters.until)
    if filters.external_id:
        wanted.append(Observation.external_id == filters.external_id)
    if filters.q:
        wanted.append(or_(*(column.icontains(filters.q, autoescape=True) for column in (Observation.title, Observation.text))))
    if filters.graded is not None:
        graded = Observation.incident_id.in_(select(IncidentGrade.incident_id))
        wanted.append(graded if filters.graded else ~graded)
    return [*wanted, *(_within(filters.bbox) if filters.bbox else [])]


def _within(bbox: str) -> list[ColumnElement[bool]]:
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
    except ValueError as error:
        flaw = {"pointer": "?bbox", "detail": "is not four numbers"}
        raise Invalid("Give the box as west,south,east,north in degrees.", [flaw]) from error
    return [Observation.longitude.between(west, east), Observation.latitude.between(south, north)]


async def list_incidents(session: AsyncSession, paging: Paging, filters: Filters) -> dict[str, Any]:
    """Incidents with an account that fits, newest first."""
    keys = select(Observation.incident_id).where(*_conditions(filters)).distinct()
    if paging.after is not None:
        keys = keys.where(Observation.incident_id < UUID(paging.after))
    found = list((await session.execute(keys.order_by(Observation.incident_id.desc()).limit(paging.limit + 1))).scalars())
    shown = found[: paging.limit]
    seen = await see_incidents(session, shown)
    return {"items": [seen[key] for key in shown], "next": paging.cursor(str(shown[-1])) if len(found) > len(shown) else None}


async def see_incidents(session: AsyncSession, keys: Sequence[UUID], *, whole: bool = False) -> dict[UUID, IncidentSeen]:
    """The incidents under `keys` as the caller sees them; `whole` brings the accounts' texts along."""
    if not keys:
        return {}
    told: dict[UUID, list[Observation]] = defaultdict(list)
    grades: dict[UUID, list[IncidentGrade]] = defaultdict(list)
    query = select(Observation).where(Observation.incident_id.in_(keys), Observation.superseded_by.is_(None)).order_by(Observation.id)
    for account in (await session.execute(query if whole else query.options(defer(Observation.text)))).scalars():
        told[account.incident_id].append(account)
    for grade in (await session.execute(_grades_of(list(told)))).scalars():
        grades[grade.incident_id].append(grade)
    incidents = (await session.execute(select(Incident).where(Incident.id.in_(list(told))))).scalars()
    inside = principal_of(session).is_centre
    return {each.id: IncidentSeen(each, told[each.id], grades[each.id], inside) for each in incidents}


def _grades_of(keys: Sequence[UUID]) -> Select[IncidentGrade]:
    return select(IncidentGrade).where(IncidentGrade.incident_id.in_(keys)).order_by(IncidentGrade.id)


async def see_incident(session: AsyncSession, key: UUID) -> IncidentSeen:
    """One incident with its accounts; NotFound when the caller may read none of them."""
    seen = await see_incidents(session, [key], whole=True)
    if key not in seen:
        raise NotFound("incident")
    return seen[key]


async def list_observations(
    session: AsyncSession, paging: Paging, incident: UUID | None, feed: str | None, filters: Filters
) -> dict[str, Any]:
    """Observations, newest first; a version that was corrected stands beside its correction."""
    query = select(Observation)
    inside = principal_of(session).is_centre
    if incident:
        # Outside the Centre nobody learns by asking which incident an observation belongs to.
        query = query.where(Observation.incident_id == incident, true() if inside else false())
    if feed:
        query = query.where(Observation.feed == feed)
    query = query.where(*_conditions(filters)[1:])
    page = await page_by_key(session, query, Observation, paging)
    return page | {"items": [ObservationSeen(each, inside) for each in page["items"]]}


async def see_observation(session: AsyncSession, key: UUID) -> ObservationSeen:
    """One observation; NotFound when the caller may not read it."""
    return ObservationSeen(await read_record(session, Observation, key, "observation"), principal_of(session).is_centre)


async def map_incidents(session: AsyncSession, filters: Filters, resolution: int) -> list[tuple[int, int, dict[str, int]]]:
    """Cell, number of incidents and number by theme, for each H3 cell at `resolution` that holds any.

    An incident counts once, where the first account that the caller may read places it.
    """
    first = (
        select(Observation.incident_id, Observation.subject_themes, _parent(resolution).label("parent"))
        .where(Observation.cell.is_not(None), *_conditions(filters))
        .ext(distinct_on(Observation.incident_id))
        .order_by(Observation.incident_id, Observation.id)
        .cte("first")
    )
    themes = select(first.c.parent, func.unnest(first.c.subject_themes).label("theme")).subquery()
    by_theme = select(themes.c.parent, themes.c.theme, func.count()).group_by(themes.c.parent, themes.c.theme)
    totals = (await session.execute(select(first.c.parent, func.count()).group_by(first.c.parent))).all()
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for parent, theme, number in await session.execute(by_theme):
        counted[parent][theme] = number
    return [(parent, number, counted[parent]) for parent, number in totals]


def _parent(resolution: int) -> ColumnElement[int]:
    """The parent of a cell by bit arithmetic: the resolution's four bits, and ones in every finer digit (H3 index format)."""
    digits = (1 << 3 * (15 - resolution)) - 1
    return Observation.cell.op("&")(~(15 << 52)).op("|")((resolution << 52) | digits)
