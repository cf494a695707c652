"""Connections of callers: one that sends its headers slowly, or headers without end, is closed."""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chassis.errors import Problem, Unreadable
from chassis.problems import problem_response

HEADER_SECONDS: Final = 15.0
HEADER_BYTES: Final = 65_536
LINGER_SECONDS: Final = 30.0


class HeadersTooLarge(Problem):
    """Headers without end."""

    status, slug, title = 431, "headers-too-large", "Too many headers"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The headers of a request may have {limit:,} bytes. Send fewer, or shorter ones.")


class NotHttp(Unreadable):
    """Bytes that are no HTTP/1.1 request."""

    slug, title = "not-http", "This is no HTTP request"

    def __init__(self) -> None:
        super().__init__("The request is not valid HTTP/1.1: look for control characters in its address and headers.")


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 with limits that uvicorn does not have: 15 s and 64 KiB for the headers of a request."""

    def connection_made(self, transport: Any) -> None:
        """A connection that sends nothing is closed, too."""
        super().connection_made(transport)
        self._header_bytes = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """Count what comes until the headers are complete."""
        if self._awaits_headers:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._awaits_headers and self._header_bytes > HEADER_BYTES:
            self._refuse(HeadersTooLarge(HEADER_BYTES))

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer what is no HTTP, with a problem like everything else."""
        self._refuse(NotHttp())

    def _refuse(self, problem: Problem) -> None:
        """Answer without an app, and close: where the next request begins is not known."""
        response = problem_response(problem)
        lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}".encode(), b"connection: close"]
        lines += [name + b": " + value for name, value in response.raw_headers]
        self.transport.write(b"\r\n".join([*lines, b"", bytes(response.body)]))
        self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins, on a connection that may have served others."""
        super().on_message_begin()
        if not self._awaits_headers:
            self._await_headers()

    def on_headers_complete(self) -> None:
        """From here on the limits of bodies hold (chassis.middleware)."""
        self._awaits_headers = False
        self._stop_waiting()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """An answer that came before the body was sent: its sender gets a while to end, since closing at once loses the answer."""
        super().on_response_complete()
        if self.cycle.more_body and not self.transport.is_closing():
            self._stop_waiting()
            self._deadline = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def on_message_complete(self) -> None:
        """The body has come to its end."""
        self._stop_waiting()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        self._stop_waiting()
        self._header_bytes, self._awaits_headers = 0, True
        self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
