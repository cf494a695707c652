"""Feeds over HTTP."""

from fastapi import Request, Response

from chassis.operation import Session, created, router
from chassis.outbound import resolve
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from services.reports.feeds import actions, queries
from services.reports.feeds.schemas import FeedBody, FeedChange, FeedOut
from services.reports.feeds.tables import Feed

routes = router("feeds")


@routes.get("/feeds", response_model=Page[FeedOut])
async def list_feeds(session: Session, paging: PagingQuery) -> Rows[Feed]:
    """Feeds with their state by the clock."""
    return await queries.list_feeds(session, paging)


@routes.post("/feeds", status_code=201, response_model=FeedOut)
async def create_feed(body: FeedBody, request: Request, session: Session, response: Response) -> Feed:
    """Make a feed."""
    await _check_address(body, request)
    return created(response, "feeds", await actions.create_feed(session, body))


@routes.get("/feeds/{feed}", response_model=FeedOut)
async def read_feed(feed: str, session: Session) -> Feed:
    """One feed."""
    return await read_record(session, Feed, feed, "feed")


@routes.put("/feeds/{feed}", response_model=FeedOut)
async def change_feed(feed: str, body: FeedChange, request: Request, session: Session) -> Feed:
    """Change a feed. Its id and organization stay."""
    await _check_address(body, request)
    return await actions.change_feed(session, feed, body)


async def _check_address(body: FeedChange, request: Request) -> None:
    """AddressRefused for an address in a private network. Checked again at every fetch."""
    if body.url is not None:
        await resolve(str(body.url), request.app.state.settings.feed_allow_loopback)
