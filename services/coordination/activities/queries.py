"""Reads of activities."""

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows, page_by_key
from services.coordination.activities.tables import Activity

# An activity counts where it takes place, under each of its themes and the theme above a sub-theme, and in the cell of
# the objective it is set against.
_BY_CELL = text(
    "with live as (select * from activities where status <> 'cancelled'),"
    " touched as (select id, organization, place, unnest(activity_themes) as theme from live"
    " union select id, organization, place, split_part(unnest(activity_themes), '.', 1) from live"
    " union select live.id, live.organization, objectives.place, objectives.theme"
    " from live join objectives on objectives.id = live.objective)"
    " select place, theme, count(*), array_agg(distinct organization order by organization) from touched group by place, theme"
)


@dataclass(frozen=True)
class ActivityFilter:
    """Which activities a list shows."""

    organization: str | None = None
    country: str | None = None
    theme: str | None = None
    aligned: bool | None = None


async def list_activities(session: AsyncSession, paging: Paging, wanted: ActivityFilter) -> Rows[Activity]:
    """Activities of an organization, in a country, on a theme, set against an objective or not."""
    query = select(Activity)
    if wanted.organization:
        query = query.where(Activity.organization == wanted.organization)
    if wanted.country:
        query = query.where(Activity.country == wanted.country)
    if wanted.theme:
        query = query.where(Activity.activity_themes.contains([wanted.theme]))
    if wanted.aligned is not None:
        query = query.where(Activity.objective.is_not(None) if wanted.aligned else Activity.objective.is_(None))
    return await page_by_key(session, query, Activity, paging)


async def find_recorded(session: AsyncSession, organization: str, external_id: str) -> Activity | None:
    """The record an organization made under its own id, locked."""
    query = select(Activity).where(Activity.organization == organization, Activity.external_id == external_id)
    return (await session.execute(query.with_for_update())).scalars().one_or_none()


async def count_by_cell(session: AsyncSession) -> list[tuple[tuple[str, str], int, tuple[str, ...]]]:
    """Per place and theme: how many activities, and of which organizations."""
    rows = await session.execute(_BY_CELL)
    return [((place, theme), count, tuple(organizations)) for place, theme, count, organizations in rows]


async def count_unaligned(session: AsyncSession) -> int:
    """How many activities stand against no objective (R21)."""
    query = select(func.count()).select_from(Activity).where(Activity.objective.is_(None), Activity.status != "cancelled")
    return (await session.execute(query)).scalar_one()
