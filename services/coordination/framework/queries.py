"""Reads of the framework."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows, page_by_key
from services.coordination.framework.tables import Objective


async def list_objectives(session: AsyncSession, paging: Paging, place: str | None, theme: str | None) -> Rows[Objective]:
    """Objectives of a place, of a theme."""
    query = select(Objective)
    if place:
        query = query.where(Objective.place == place)
    if theme:
        query = query.where(Objective.theme == theme)
    return await page_by_key(session, query, Objective, paging)
