"""Incidents on a map, counted by cell."""

from collections import Counter, defaultdict
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reports.incidents.queries.counting import complete_in, fitting
from services.reports.incidents.queries.filters import Filters
from services.reports.incidents.queries.words import find_words
from services.reports.incidents.tables import Observation


class Cell(NamedTuple):
    """An H3 cell with the number of incidents in it, and their number by theme."""

    number: int
    incidents: int
    themes: Counter[str]


async def map_incidents(session: AsyncSession, filters: Filters, resolution: int) -> tuple[list[Cell], bool]:
    """Each H3 cell at `resolution` that holds any, and whether all that fit were counted.

    An incident counts once, where the first account that the caller may read and that fits places it.
    """
    filters = await find_words(session, filters)
    fits = fitting(filters, Observation.id, Observation.subject_themes, _parent(resolution).label("parent"))
    placed = select(fits.c.parent, fits.c.subject_themes).where(fits.c.parent.is_not(None)).ext(distinct_on(fits.c.incident_id))
    first = placed.order_by(fits.c.incident_id, fits.c.id).cte("first")
    # Few sets of themes occur: incidents are counted by set, and the sets are taken apart here.
    counted = select(first.c.parent, first.c.subject_themes, func.count().label("number"), complete_in(fits).label("complete"))
    rows = (await session.execute(counted.group_by(first.c.parent, first.c.subject_themes))).all()
    counts: Counter[int] = Counter()
    by_theme: dict[int, Counter[str]] = defaultdict(Counter)
    for parent, themes, number, _ in rows:
        counts[parent] += number
        for theme in themes:
            by_theme[parent][theme] += number
    return [Cell(parent, number, by_theme[parent]) for parent, number in counts.items()], all(row.complete for row in rows)


def _parent(resolution: int) -> ColumnElement[int]:
    """The parent of a cell by bit arithmetic: the resolution's four bits, and ones in every finer digit (H3 index format)."""
    digits = (1 << 3 * (15 - resolution)) - 1
    return Observation.cell.op("&")(~(15 << 52)).op("|")((resolution << 52) | digits)
