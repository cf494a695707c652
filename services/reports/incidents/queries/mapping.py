"""Incidents on a map, counted by cell."""

from collections import defaultdict

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.incidents.queries.filters import Filters, conditions
from services.reports.incidents.queries.words import find_words
from services.reports.incidents.tables import Observation


async def map_incidents(session: AsyncSession, filters: Filters, resolution: int) -> list[tuple[int, int, dict[str, int]]]:
    """Cell, number of incidents and number by theme, for each H3 cell at `resolution` that holds any.

    An incident counts once, where the first account that the caller may read places it.
    """
    filters = await find_words(session, filters)
    first = (
        select(Observation.incident_id, Observation.subject_themes, _parent(resolution).label("parent"))
        .where(Observation.cell.is_not(None), *conditions(filters))
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
