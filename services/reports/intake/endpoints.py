"""Deliveries over HTTP."""

from contextvars import copy_context
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.operation import Caller, GatheredOperation, OwnSession, Session, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.principal import Principal
from chassis.records import read_record
from services.reports.feeds.adapters.registry import MEDIA_TYPES
from services.reports.feeds.schemas import Preview
from services.reports.intake import actions, queries
from services.reports.intake.actions import Arrival, Delivery
from services.reports.intake.schemas import NATIVE, RejectionOut, SubmissionOut
from services.reports.intake.tables import Rejection, Submission

routes = router("intake")
gathered = router("intake", GatheredOperation)
concerning_feeds = router("feeds")
"""Addresses of feeds whose answers come from here."""
_ANY_FILE = {"schema": {"type": "string", "description": "A file as the feed would send it."}, "example": "(the file)"}
_PREVIEW_BODY = {"requestBody": {"required": True, "content": dict.fromkeys(MEDIA_TYPES, _ANY_FILE)}}


def _inlined(schema: Any, known: dict[str, Any]) -> Any:
    """The schema without references, since its parts belong to no other operation."""
    if isinstance(schema, list):
        return [_inlined(each, known) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(known[schema["$ref"].rsplit("/", 1)[1]], known)
    return {name: _inlined(value, known) for name, value in schema.items() if name != "$defs"}


_SCHEMA = NATIVE.json_schema()
_OBSERVATION = _inlined(_SCHEMA, _SCHEMA["$defs"])
_BODY = {
    "application/json": {"schema": {"type": "array", "items": _OBSERVATION}},
    "application/x-ndjson": {"schema": {"type": "string", "description": "One native observation a line."}},
    "text/csv": {"schema": {"type": "string", "description": "Header with native names; deaths_best …; themes separated by ;"}},
} | {
    media: {"schema": {"type": "string", "format": "binary", "description": "As the feed's adapter reads it (docs/adapters.md)."}}
    for media in MEDIA_TYPES
    if media not in ("application/json", "application/x-ndjson", "text/csv")
}


@gathered.post(
    "/feeds/{feed}/submissions",
    status_code=202,
    response_model=SubmissionOut,
    openapi_extra={"requestBody": {"required": True, "content": _BODY}},
)
async def submit_observations(feed: str, request: Request, session: OwnSession, caller: Caller, response: Response) -> Submission:
    """Deliver observations, in a format the feed's adapter reads. Refused rows are named, their neighbours kept."""
    submission = await _receive(session, feed, request, caller)
    response.headers["location"] = f"/v1/submissions/{submission.id}"
    return submission


@concerning_feeds.post("/feeds/{feed}/preview", response_model=Preview, openapi_extra=_PREVIEW_BODY)
async def preview_delivery(feed: str, request: Request, session: Session) -> Preview:
    """The first rows of a file as they would be read, each with the reason it would be refused for. Nothing is stored."""
    return await actions.preview_delivery(session, feed, request.headers.get("content-type", ""), await request.body())


@routes.get("/submissions", response_model=Page[SubmissionOut])
async def list_submissions(session: Session, paging: PagingQuery, feed: str | None = None) -> Rows[Submission]:
    """Receipts, newest first."""
    return await queries.list_submissions(session, paging, feed)


@routes.get("/submissions/{submission_id}", response_model=SubmissionOut)
async def read_submission(submission_id: UUID, session: Session) -> Submission:
    """One receipt."""
    return await read_record(session, Submission, submission_id, "submission")


@routes.get("/submissions/{submission_id}/rejections", response_model=Page[RejectionOut])
async def list_rejections(submission_id: UUID, session: Session, paging: PagingQuery) -> Rows[Rejection]:
    """The refused rows with their reasons, in order."""
    return await queries.list_rejections(session, submission_id, paging)


@routes.post("/submissions/{submission_id}/retry", response_model=SubmissionOut)
async def retry_submission(submission_id: UUID, session: Session) -> Submission:
    """Let a delivery that was given up be worked off once more, from where it stopped."""
    return await actions.retry_submission(session, submission_id)


async def _receive(session: AsyncSession | None, feed: str, request: Request, caller: Principal) -> Submission:
    if session is None:
        submission: Submission = await request.app.state.arrivals.give(caller, feed, Arrival(_delivery(request), copy_context()))
        return submission
    await actions.open_feed(session, feed)
    return await actions.receive_delivery(session, feed, _delivery(request))


def _delivery(request: Request) -> Delivery:
    """The body as the operation has spooled it; nothing reads it into memory."""
    body = request.state.body
    media_type = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    return Delivery(media_type, body.digest, body.size, body.file)
