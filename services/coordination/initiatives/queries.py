"""Reads of initiatives."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows, page_by_key
from services.coordination.initiatives.tables import Initiative


async def list_initiatives(
    session: AsyncSession, paging: Paging, owner: str | None, country: str | None, theme: str | None
) -> Rows[Initiative]:
    """Initiatives of an organization, for a country, on a theme."""
    query = select(Initiative)
    if owner:
        query = query.where(Initiative.owner == owner)
    if country:
        query = query.where(Initiative.subject_countries.contains([country]))
    if theme:
        query = query.where(Initiative.subject_themes.contains([theme]))
    return await page_by_key(session, query, Initiative, paging)
