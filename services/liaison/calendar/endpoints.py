"""The calendar over HTTP: as a list for screens, as a file for calendar programmes."""

import hashlib
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response
from pydantic import AwareDatetime

from chassis.columns import now
from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.preconditions import is_known
from chassis.routes import LENIENT
from contracts.vocabulary import CalendarKind, Country, Theme
from services.liaison.calendar import queries
from services.liaison.calendar.queries import Wanted
from services.liaison.calendar.rules import Entry, window_of
from services.liaison.calendar.schemas import CalendarEntry

routes = router("calendar")
MEDIA_TYPE = "text/calendar"
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "The calendar."},
    304: {"description": "As it was."},
}


async def read_wanted(
    begins: Annotated[AwareDatetime | None, Query(alias="from", description="Left out: today.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="At most 400 days after `from`; left out: 31 days.")] = None,
    kind: Annotated[list[CalendarKind] | None, Query(description="Left out: all.")] = None,
    country: Annotated[list[Country] | None, Query(description="Any of these.")] = None,
    theme: Annotated[list[Theme] | None, Query(description="Any of these.")] = None,
) -> Wanted:
    """What is asked for."""
    return Wanted(window_of(begins, until, now()), frozenset(kind or ()), tuple(country or ()), tuple(theme or ()))


WantedQuery = Annotated[Wanted, Depends(read_wanted)]


@routes.get("/calendar", response_model=Page[CalendarEntry])
async def list_calendar(session: Session, paging: PagingQuery, wanted: WantedQuery) -> Rows[Entry]:
    """Engagements, open commitments and awaited replies by the time they take place or fall due."""
    return await queries.list_calendar(session, paging, wanted)


@routes.get("/calendar.ics", response_class=Response, responses=_FILE, openapi_extra=LENIENT)
async def read_calendar_file(
    request: Request, session: Session, wanted: WantedQuery, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """The same as iCalendar (RFC 5545). `If-None-Match` with the last ETag answers 304 while nothing changed."""
    return _file(await queries.read_file(session, wanted, request.app.state.settings.public_url), if_none_match)


def _file(content: bytes, known: str | None) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "content-disposition": 'inline; filename="good-offices.ics"'}
    if is_known(known, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
