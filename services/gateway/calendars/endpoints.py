"""Calendar feeds over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from chassis.operation import SECRET_ANSWER, Session, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.routes import LENIENT, StrictRoute
from services.gateway.calendars import actions, queries
from services.gateway.calendars.schemas import CalendarFeedBody, CalendarFeedCreated, CalendarFeedOut
from services.gateway.routing.actions import Fetched

READ = "readCalendarFeed"
routes = router("calendars")
# Who comes with the address has no other credential: it runs its own transactions.
door = APIRouter(prefix="/v1", tags=["calendars"], route_class=StrictRoute)
_OPENED: dict[str, Any] = {"security": []} | LENIENT
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "The calendar."},
    304: {"description": "As it was."},
}


@routes.post("/calendar-feeds", status_code=201, response_model=CalendarFeedCreated, openapi_extra=SECRET_ANSWER)
async def make_calendar_feed(body: CalendarFeedBody, request: Request, session: Session) -> CalendarFeedCreated:
    """Make a secret address at which a calendar programme reads your calendar; it is shown this once."""
    feed, client, token = await actions.make_feed(session, body)
    url = f"{request.app.state.settings.public_url}/v1/calendar-feeds/{token}.ics"
    return CalendarFeedCreated(**dict(queries.shown_as(feed, client)), url=url)


@routes.get("/calendar-feeds", response_model=Page[CalendarFeedOut])
async def list_calendar_feeds(session: Session, paging: PagingQuery) -> Rows[CalendarFeedOut]:
    """Your open feeds, newest first; for administrators, everybody's."""
    return await queries.list_feeds(session, paging)


@routes.post("/calendar-feeds/{feed_id}/revoke", response_model=CalendarFeedOut)
async def revoke_calendar_feed(feed_id: UUID, session: Session) -> CalendarFeedOut:
    """End a feed at once."""
    return queries.shown_as(*await actions.revoke_feed(session, feed_id))


@door.get("/calendar-feeds/{token}.ics", operation_id=READ, response_class=Response, responses=_FILE, openapi_extra=_OPENED)
async def read_calendar_feed(token: str, request: Request, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The calendar of whoever made this address, as iCalendar (RFC 5545). The address is the only credential: keep it secret."""
    headers = {"if-none-match": if_none_match} if if_none_match else {}
    return _passed_on(await request.app.state.reader.read(token, request.client.host if request.client else "?", headers))


def _passed_on(answer: Fetched) -> Response:
    kept = ("content-type", "content-disposition", "cache-control", "etag", "retry-after")
    return Response(answer.body, status_code=answer.status, headers={name: answer.headers[name] for name in kept if name in answer.headers})
