"""Reads of freshness."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, Rows
from services.reports.freshness.rules import Cell, Facet, FreshnessState, due_after_days, listed, state_of
from services.reports.freshness.schemas import FreshnessOut, ReportNamed
from services.reports.freshness.tables import FreshnessMark

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filters:
    """What a reader asks of freshness; `country` is any place."""

    country: str | None = None
    theme: str | None = None
    facet: Facet | None = None
    state: FreshnessState | None = None


async def list_freshness(session: AsyncSession, paging: Paging, filters: Filters) -> Rows[FreshnessOut]:
    """All cells with the newest evidence the caller may know of, in alphabetical order."""
    marks = await _newest_marks(session)
    at = now()
    cells = [_shown(cell, marks.get(cell), at) for cell in listed(marks) if _is_wanted(cell, filters)]
    cells = [each for each in cells if filters.state is None or each.state is filters.state]
    if paging.after is not None:
        cells = [each for each in cells if _key(each) > paging.after]
    return paging.cut(cells, _key)


def _key(cell: FreshnessOut) -> str:
    # Sorted like the tuple: no place or theme holds a character below the separator.
    return "\x1f".join((cell.place, cell.theme, cell.facet))


async def _newest_marks(session: AsyncSession) -> dict[Cell, FreshnessMark]:
    cell = (FreshnessMark.place, FreshnessMark.theme, FreshnessMark.facet)
    query = (
        select(FreshnessMark)
        .where(FreshnessMark.recalled.is_(False))
        .ext(distinct_on(*cell))
        .order_by(*cell, FreshnessMark.evidence_at.desc(), FreshnessMark.id)
    )
    return {Cell(each.place, each.theme, each.facet): each for each in (await session.execute(query)).scalars()}


def _is_wanted(cell: Cell, filters: Filters) -> bool:
    asked = ((filters.country, cell.place), (filters.theme, cell.theme), (filters.facet, cell.facet))
    return all(wanted is None or wanted == value for wanted, value in asked)


def _shown(cell: Cell, mark: FreshnessMark | None, at: datetime) -> FreshnessOut:
    evidence_at = mark.evidence_at if mark else None
    days = due_after_days(cell)
    return FreshnessOut(
        place=cell.place,
        theme=cell.theme,
        facet=Facet(cell.facet),
        evidence_at=evidence_at,
        age_days=round((at - evidence_at) / DAY, 2) if evidence_at else None,
        due_after_days=days,
        due_at=evidence_at + days * DAY if evidence_at else None,
        state=state_of(cell, evidence_at, at),
        report=ReportNamed(id=mark.report_id, reference=mark.reference) if mark else None,
    )
