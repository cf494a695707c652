"""Feeds over HTTP."""

from typing import Any

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery
from chassis.records import read_record
from services.reports.feeds import queries
from services.reports.feeds.schemas import FeedOut
from services.reports.feeds.tables import Feed

routes = router("feeds")


@routes.get("/feeds", response_model=Page[FeedOut])
async def list_feeds(session: Session, paging: PagingQuery) -> dict[str, Any]:
    """Feeds with their state by the clock."""
    return await queries.list_feeds(session, paging)


@routes.get("/feeds/{feed}", response_model=FeedOut)
async def read_feed(feed: str, session: Session) -> Feed:
    """One feed."""
    return await read_record(session, Feed, feed, "feed")
