"""Reads of feeds."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows
from services.reports.feeds.tables import Feed


async def list_feeds(session: AsyncSession, paging: Paging) -> Rows[Feed]:
    """Feeds by name of their key; silent ones are told by their state."""
    query = select(Feed).order_by(Feed.id).limit(paging.limit + 1)
    if paging.after is not None:
        query = query.where(Feed.id > paging.after)
    return paging.cut((await session.execute(query)).scalars().all(), lambda feed: feed.id)
