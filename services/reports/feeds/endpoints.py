"""Feeds over HTTP."""

from typing import Any

from fastapi import Request, Response
from pydantic import ValidationError

from chassis.columns import now
from chassis.operation import Session, created, router
from chassis.outbound import resolve
from chassis.pagination import Page, PagingQuery
from chassis.problems import pointer
from chassis.records import read_record
from services.reports.feeds import actions, queries
from services.reports.feeds.adapters import MEDIA_TYPES
from services.reports.feeds.schemas import FeedBody, FeedChange, FeedOut, Preview
from services.reports.feeds.tables import Feed
from services.reports.intake.rules import Flaw, check_place, read_time
from services.reports.intake.schemas import NATIVE

routes = router("feeds")
_ANY_FILE = {"schema": {"type": "string", "description": "A file as the feed would send it."}, "example": "(the file)"}
_PREVIEW_BODY = {"requestBody": {"required": True, "content": dict.fromkeys(MEDIA_TYPES, _ANY_FILE)}}


@routes.get("/feeds", response_model=Page[FeedOut])
async def list_feeds(session: Session, paging: PagingQuery) -> dict[str, Any]:
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


@routes.post("/feeds/{feed}/preview", response_model=Preview, openapi_extra=_PREVIEW_BODY)
async def preview_delivery(feed: str, request: Request, session: Session) -> Preview:
    """The first rows of a file as they would be read, each with the reason it would be refused for. Nothing is stored."""
    return await actions.preview_delivery(session, feed, request.headers.get("content-type", ""), await request.body(), _judge)


async def _check_address(body: FeedChange, request: Request) -> None:
    """AddressRefused for an address in a private network. Checked again at every fetch."""
    if body.url is not None:
        await resolve(str(body.url), request.app.state.settings.feed_allow_loopback)


def _judge(native: Any) -> tuple[str, str] | None:
    """What intake would say of a row."""
    try:
        row = NATIVE.validate_python(native)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return pointer(("body", *first["loc"])), first["msg"]
    moment = read_time(row["occurred_at"], now())
    flaw = moment if isinstance(moment, Flaw) else check_place(row)
    return (flaw.pointer, flaw.reason) if flaw else None
