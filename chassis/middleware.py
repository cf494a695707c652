"""What surrounds every request as plain ASGI: its id, its trace, its metrics, its size limit."""

import asyncio
import re
import time
from typing import Any

from opentelemetry.trace import SpanKind
from prometheus_client import Counter, Histogram
from starlette.requests import ClientDisconnect
from uuid_utils.compat import uuid7

from chassis.bodies import body_limit
from chassis.errors import TooLarge, TooSlow
from chassis.logs import begin_request, log
from chassis.origin import ORIGIN_HEADER, begin_origin
from chassis.problems import problem_response, unforeseen
from chassis.telemetry import span, trace_headers

REQUESTS = Counter("goodoffices_requests_total", "Requests answered", ["service", "operation", "status"])
SECONDS = Histogram("goodoffices_request_seconds", "Seconds until answered", ["service", "operation"])
SILENCE_SECONDS = 30
# A satellite telephone carries 300 bytes a second; who sends less after a minute holds a connection and sends nothing.
GRACE_SECONDS, SLOWEST_BYTES_A_SECOND = 60.0, 200
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
logger = log(__name__)


class Surroundings:
    """Outermost ASGI layer of a service."""

    def __init__(self, app: Any, service: str) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            # Every GET is a HEAD without its content. A copy: the server itself still knows that it was a HEAD.
            scope, send = {**scope, "method": "GET"}, _HeadersOnly(send)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        request_id = headers.get("x-request-id", "")
        begin_request(request_id := request_id if _REQUEST_ID.match(request_id) else str(uuid7()))
        begin_origin(headers.get(ORIGIN_HEADER, ""))
        with span(_span_name(scope), SpanKind.SERVER, headers):
            answer = _Answer(send, {"x-request-id": request_id} | trace_headers())
            await self._serve(scope, _Limited(receive, headers, body_limit(scope["path"])), answer)
        route = scope.get("route")
        operation = getattr(route, "operation_id", None) or "other"
        REQUESTS.labels(self.service, operation, str(answer.status)).inc()
        SECONDS.labels(self.service, operation).observe(time.perf_counter() - answer.began)

    async def _serve(self, scope: Any, receive: "_Limited", answer: "_Answer") -> None:
        try:
            receive.check_declared()
            await self.app(scope, receive, answer)
        except (TooLarge, TooSlow) as problem:
            if answer.status:
                raise
            await problem_response(problem)(scope, receive, answer)
        except ClientDisconnect:
            logger.info("the caller went away")
        except Exception as error:
            if answer.status:
                raise
            await problem_response(unforeseen(error))(scope, receive, answer)


def _span_name(scope: Any) -> str:
    """Method and collection. Never the whole path: in it are ids, and the secret of a calendar feed."""
    return f"{scope['method']} {'/'.join(scope['path'].split('/')[:3])}"


class _HeadersOnly:
    """Sends the head of an answer and drops its content; an answer without end is ended."""

    def __init__(self, send: Any) -> None:
        self.send = send

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            await self.send(message)
            await self.send({"type": "http.response.body", "body": b""})
        elif message.get("more_body", False):
            raise ClientDisconnect


class _Limited:
    """Receives a body up to the limit: TooLarge as soon as it is over, TooSlow when it hardly comes."""

    def __init__(self, receive: Any, headers: dict[str, str], limit: int) -> None:
        self.receive, self.headers, self.limit, self.seen = receive, headers, limit, 0
        self.waited, self.is_whole = 0.0, False

    def check_declared(self) -> None:
        declared = self.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > self.limit:
            raise TooLarge(self.limit)

    async def __call__(self) -> Any:
        if self.is_whole:
            return await self.receive()
        message = await self._next()
        self.seen += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        if self.seen > self.limit:
            raise TooLarge(self.limit)
        return message

    async def _next(self) -> Any:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await self.receive()
        except TimeoutError as error:
            raise TooSlow(SILENCE_SECONDS) from error
        self.waited += time.perf_counter() - began
        if self.waited > GRACE_SECONDS and self.seen < self.waited * SLOWEST_BYTES_A_SECOND:
            raise TooSlow(SILENCE_SECONDS)
        return message


class _Answer:
    """Sends the answer with the headers every answer bears."""

    def __init__(self, send: Any, headers: dict[str, str]) -> None:
        self.send, self.headers = send, [(name.encode(), value.encode()) for name, value in headers.items()]
        self.status, self.began = 0, time.perf_counter()

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", []), *self.headers]
        await self.send(message)
