"""Reads of feeds."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging
from services.reports.feeds.tables import Feed


async def list_feeds(session: AsyncSession, paging: Paging) -> dict[str, Any]:
    """Feeds by name of their key; silent ones are told by their state."""
    query = select(Feed).order_by(Feed.id).limit(paging.limit + 1)
    if paging.after is not None:
        query = query.where(Feed.id > paging.after)
    feeds = list((await session.execute(query)).scalars())
    more, feeds = len(feeds) > paging.limit, feeds[: paging.limit]
    return {"items": feeds, "next": paging.cursor(feeds[-1].id) if more else None}
