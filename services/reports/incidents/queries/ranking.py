"""Incidents by how much they say of the words that are looked for."""

from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import REAL, ColumnElement, Uuid, cast, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows
from services.reports.incidents.queries.filters import Filters, as_query, conditions
from services.reports.incidents.tables import Observation

# Ranking reads every account that fits: of common words, those of the newest incidents.
RANKED: Final = 2_000
LAST: Final = UUID(int=2**128 - 1)


class Order(StrEnum):
    """How a list of incidents is ordered."""

    newest = "newest"
    relevance = "relevance"


class Place(NamedTuple):
    """Behind which incident a page begins, and the newest one there was when the walk began: later ones change nothing."""

    newest: UUID
    rank: float
    key: UUID

    def __str__(self) -> str:
        return f"{self.newest} {self.rank!r} {self.key}"

    @classmethod
    def read(cls, position: str) -> "Place":
        """From a cursor that was given out."""
        newest, rank, key = position.split(" ")
        return cls(UUID(newest), float(rank), UUID(key))


async def rank_incidents(session: AsyncSession, paging: Paging, filters: Filters) -> Rows[UUID]:
    """The keys of a page, best first: of the newest 2,000 accounts that fit."""
    place = Place.read(paging.after) if paging.after is not None else Place(LAST, float("inf"), LAST)
    fits = select(Observation.incident_id, _said(filters)).where(*conditions(filters), Observation.incident_id <= place.newest)
    some = fits.order_by(Observation.incident_id.desc()).limit(RANKED).cte("some")
    rank = func.max(func.ts_rank(some.c.search, as_query(filters.words or ""))).label("rank")
    ranked = select(some.c.incident_id, rank).group_by(some.c.incident_id).subquery("ranked")
    newest = select(some.c.incident_id).order_by(some.c.incident_id.desc()).limit(1).scalar_subquery().label("newest")
    behind = tuple_(ranked.c.rank, ranked.c.incident_id) < tuple_(cast(literal(place.rank), REAL), literal(place.key, Uuid()))
    query = select(ranked.c.incident_id, ranked.c.rank, newest).where(behind)
    query = query.order_by(ranked.c.rank.desc(), ranked.c.incident_id.desc()).limit(paging.limit + 1)
    found = (await session.execute(query)).all()
    page = paging.cut(found, lambda row: Place(min(place.newest, row[2]), row.rank, row.incident_id))
    return page.showing([row.incident_id for row in page.items])


def _said(filters: Filters) -> ColumnElement[Any]:
    """What counts: its own words and, inside, those of its translations."""
    translated = func.coalesce(Observation.translated, cast(literal(""), TSVECTOR))
    return (Observation.search if filters.searcher else Observation.search.op("||")(translated)).label("search")
