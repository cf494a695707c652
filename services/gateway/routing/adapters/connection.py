"""One HTTP/1.1 connection to a service: a request is written, its answer read as it comes."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Final, NamedTuple, cast

import httptools

Headers = list[tuple[bytes, bytes]]
# What one answer may hold in memory before the service has to wait for its reader.
HIGH_WATER: Final = 262_144


class UpstreamLost(Exception):
    """The service closed the connection, or spoke no HTTP. `is_fresh` when nothing of an answer had come."""

    def __init__(self, reason: str, is_fresh: bool) -> None:
        super().__init__(reason)
        self.is_fresh = is_fresh


class Head(NamedTuple):
    """The beginning of an answer."""

    status: int
    headers: Headers


class UpstreamConnection(asyncio.Protocol):
    """Carries one request at a time; usable again once `is_reusable`."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self.is_reusable, self.is_closed, self.is_cut = False, False, False

    def begin(self) -> None:
        """Make ready for the next answer."""
        self._parser = httptools.HttpResponseParser(self)
        self._headers: Headers = []
        self._parts: deque[bytes] = deque()
        self._held, self._is_whole, self._error = 0, False, ""
        self._head: asyncio.Future[Head] = asyncio.get_running_loop().create_future()
        self._news: asyncio.Future[None] | None = None
        # True when the rest of a request's body was not sent, since its answer had come.
        self.is_cut = False
        self.is_reusable = False

    async def write(self, data: bytes) -> None:
        """Send; waits while the service takes nothing. What is lost on the way shows in the answer."""
        if self._transport is not None and not self.is_closed:
            self._transport.write(data)
            if not self._writable.is_set():
                await self._writable.wait()

    @property
    def is_answered(self) -> bool:
        """Whether an answer has begun, or can come no more."""
        return self._head.done()

    async def head(self) -> Head:
        """The beginning of the answer; UpstreamLost when none comes."""
        return await self._head

    async def parts(self) -> AsyncIterator[tuple[bytes, bool]]:
        """The parts of the answer's body, each with whether more come; UpstreamLost when it breaks off."""
        while True:
            if self._parts:
                part = self._parts.popleft() if len(self._parts) == 1 else b"".join(self._parts)
                self._parts.clear()
                self._release()
                yield part, not self._is_whole
            if self._is_whole:
                return
            if self._error or self.is_closed:
                raise UpstreamLost(self._error or "the answer broke off", is_fresh=False)
            if not self._parts:
                self._news = asyncio.get_running_loop().create_future()
                await self._news

    def cut(self) -> None:
        """The rest of the request is not sent: the service would take the next one for it, so none follows."""
        self.is_cut, self.is_reusable = True, False

    def close(self) -> None:
        """Give the connection up."""
        self.is_closed = True
        if self._transport is not None:
            self._transport.close()

    def _release(self) -> None:
        if self._held > HIGH_WATER and self._transport is not None and not self.is_closed:
            self._transport.resume_reading()
        self._held = 0

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def _fail(self, reason: str) -> None:
        self._error, self.is_reusable = reason, False
        if not self._head.done():
            self._head.set_exception(UpstreamLost(reason, is_fresh=not self._headers))
            self._head.exception()  # Nobody may wait for it any more.
        self._tell()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Parse what came; anything outside an answer ends the connection."""
        if self.is_reusable:
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("the service speaks no HTTP")
            self.close()

    def pause_writing(self) -> None:
        """The service takes nothing just now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """It takes more."""
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits is told."""
        self.is_closed = True
        self._writable.set()
        if not self.is_reusable and hasattr(self, "_head"):
            self._fail(str(exc) if exc else "the service closed the connection")

    # What the parser calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The answer begins; an interim one (1xx) is passed over."""
        status = self._parser.get_status_code()
        if status < 200:
            self._headers = []
        elif not self._head.done():
            self._head.set_result(Head(status, self._headers))

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._parts.append(body)
        self._held += len(body)
        if self._held > HIGH_WATER and self._transport is not None:
            self._transport.pause_reading()
        self._tell()

    def on_message_complete(self) -> None:
        """The answer is whole."""
        if not self._head.done():
            return
        self._is_whole = True
        self.is_reusable = self._parser.should_keep_alive() and not (self.is_closed or self.is_cut)
        self._tell()
