"""The event stream (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Header, Request
from starlette.responses import StreamingResponse

from chassis import audit
from chassis.columns import rfc3339
from chassis.database import AWAY
from chassis.errors import StaleCopy
from chassis.logs import log
from chassis.operation import KnownRoute
from chassis.principal import Principal, system_principal
from chassis.problems import problem_response
from chassis.watermarks import require_fresh
from services.gateway.identity.queries import is_active
from services.gateway.streams.errors import TooManyStreams
from services.gateway.streams.queries import BATCH, event_id_of, newest_position, position_of, read_after

HEARTBEAT_SECONDS = 15.0
OPERATION = "streamEvents"
# A stream outlives a transaction, so it is no Operation: it opens one for each batch, and checks the caller each time.
routes = APIRouter(prefix="/v1", tags=["streams"], route_class=KnownRoute)
logger = log(__name__)


@routes.get("/events", operation_id=OPERATION, response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def stream_events(request: Request, last_event_id: Annotated[str | None, Header()] = None) -> StreamingResponse:
    """Events the caller may know of, as they happen; `Last-Event-ID` resumes behind an event. Fetch what they speak of.

    A first event `reset` says that the event named is not known (any more): read anew what you follow.
    """
    return await _open(request, last_event_id)


async def _open(request: Request, last_event_id: str | None) -> "_EventStream":
    """A stream that begins behind `last_event_id`, or now."""
    state = request.app.state
    principal = request.state.principal
    position = None
    if last_event_id and (event_id := event_id_of(last_event_id)):
        async with state.database.transaction(principal) as session:
            position = await position_of(session, event_id)
    start = await _now(state) if position is None else position
    stream = _Stream(state, StreamHolder(principal, request.scope.get("credential", "")), start)
    lines = stream.lines(lost=last_event_id is not None and position is None)
    take = partial(state.open_streams.take, principal.client_id)
    return _EventStream(lines, take, partial(state.refusals.note, principal))


class _EventStream(StreamingResponse):
    """Server-sent events in one of the places its client has; 429 when all are taken."""

    def __init__(
        self,
        lines: AsyncIterator[bytes],
        take: Callable[[], AbstractContextManager[None]],
        note: Callable[[int], Awaitable[None]],
    ) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(lines, media_type="text/event-stream", headers=headers)
        self._take, self._note = take, note

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send until the caller goes or its access ends."""
        try:
            with self._take():
                await super().__call__(scope, receive, send)
        except TooManyStreams as problem:
            await self._note(problem.status)
            await problem_response(problem)(scope, receive, send)


async def _now(state: Any) -> int:
    async with state.database.transaction(system_principal("gateway")) as session:
        return await newest_position(session)


class StreamHolder(NamedTuple):
    """Who holds a stream, and with which token or session it was opened."""

    principal: Principal
    credential: str


class _Stream:
    """One open stream."""

    def __init__(self, state: Any, holder: StreamHolder, position: int) -> None:
        self.state, self.position = state, position
        self.principal, self.credential = holder

    async def lines(self, lost: bool) -> AsyncIterator[bytes]:
        """Server-sent events, until the caller goes or its access ends."""
        yield b": welcome\nretry: 1000\n\n"
        if lost:
            yield b"event: reset\ndata: {}\n\n"
        while True:
            # From before it is looked: what comes meanwhile rings, too.
            waiting = asyncio.ensure_future(self.state.listener.wait("events", HEARTBEAT_SECONDS))
            events = await self._next()
            if events is None:
                waiting.cancel()
                break
            if events:
                yield b"".join(_as_sse(event) for event in events)
            if len(events) < BATCH and not await waiting:
                yield b": heartbeat\n\n"
            waiting.cancel()
        yield b"event: ended\ndata: {}\n\n"

    async def _next(self) -> Sequence[Any] | None:
        """The next batch, each event audited with its subject before it is sent (R17).

        Empty while facts on rights are stale, None without access (R15).
        """
        try:
            async with self.state.database.transaction(self.principal) as session:
                if not await is_active(session, self.principal, self.credential):
                    return None
                if not self.principal.is_centre:
                    await require_fresh(session, "coordination", self.state.settings.stale_after_seconds)
                events = await read_after(session, self.position)
                shown = [([str(event.id), event.subject_id], _data(event)) for event in events]
                await audit.record_each(session, OPERATION, shown)
        except (*AWAY, StaleCopy) as error:
            logger.warning("stream waits", error=repr(error))
            await asyncio.sleep(0.5)
            return []
        if events:
            self.position = events[-1].position
        return events


def _data(event: Any) -> bytes:
    """What a stream carries: never content; fetching it checks rights again."""
    told = {
        "id": str(event.id),
        "type": event.type,
        "version": event.version,
        "time": rfc3339(event.time),
        "subject": {"type": event.subject_type, "id": event.subject_id},
        "request_id": event.requestid,
    }
    return json.dumps(told, separators=(",", ":")).encode()


def _as_sse(event: Any) -> bytes:
    return f"id: {event.id}\nevent: {event.type}\ndata: ".encode() + _data(event) + b"\n\n"
