"""Connections of callers: one that sends its headers slowly, or headers without end, is closed."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS: Final = 15.0
HEADER_BYTES: Final = 65_536
LINGER_SECONDS: Final = 30.0
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: application/problem+json\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
)


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
            self.transport.write(_TOO_LARGE)
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
