"""A pool of connections to the services. Our own, since it is the fast path: docs/decisions/0074-hop.md has the figures."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from services.gateway.routing.adapters.connection import Head, Headers, UpstreamConnection, UpstreamLost

__all__ = ["Answer", "Head", "Request", "Upstream", "UpstreamLost"]

CONNECT_SECONDS: Final = 5.0
SILENCE_SECONDS: Final = 120.0
TOTAL_SECONDS: Final = 300.0
# Less than the services keep a resting connection (60 s, deploy/cli.py).
REST_SECONDS: Final = 30.0
AT_ONCE: Final = 100


class Request(NamedTuple):
    """What is asked. `target` is path and query as they are sent; `body` comes in parts, None for none."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: AsyncIterator[bytes] | None = None

    @property
    def is_safe(self) -> bool:
        """Whether it may be asked twice."""
        return self.body is None and self.method == "GET"


class Answer:
    """An answer whose body comes as it is read."""

    def __init__(self, head: Head, connection: UpstreamConnection) -> None:
        self.status, self.headers = head
        self._connection = connection

    async def parts(self) -> AsyncIterator[tuple[bytes, bool]]:
        """Parts of the body, each with whether more come; TimeoutError when nothing comes for two minutes."""
        parts = self._connection.parts()
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                found = await anext(parts, None)
            if found is None:
                return
            yield found

    async def read(self) -> bytes:
        """The whole body."""
        return b"".join([part async for part, _ in self._connection.parts()])


class Upstream:
    """Asks services by their base URLs."""

    def __init__(self) -> None:
        self._resting: dict[str, deque[tuple[float, UpstreamConnection]]] = defaultdict(deque)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))

    def close(self) -> None:
        """Close what rests."""
        for resting in self._resting.values():
            for _, connection in resting:
                connection.close()
            resting.clear()

    @asynccontextmanager
    async def ask(self, base: str, request: Request) -> AsyncIterator[Answer]:
        """The answer of the service at `base`.

        UpstreamLost or TimeoutError when it does not answer; what the request's body raises when that
        breaks off. A service that answers before it has read the body is heard all the same.
        """
        async with self._places[base], asyncio.timeout(TOTAL_SECONDS):
            connection, head = await self._begin(base, request)
            try:
                yield Answer(head, connection)
            finally:
                self._rest(base, connection)

    async def _begin(self, base: str, request: Request) -> tuple[UpstreamConnection, Head]:
        """A connection that rested may have been closed just now: then a request that may be is sent once more."""
        while True:
            connection = self._rested(base)
            is_new = connection is None
            connection = connection or await self._connect(base)
            try:
                return connection, await _send(connection, request, urlsplit(base).netloc)
            except UpstreamLost as lost:
                if is_new or not (lost.is_fresh and request.is_safe):
                    raise
            except BaseException:
                connection.close()
                raise

    def _rested(self, base: str) -> UpstreamConnection | None:
        resting, since = self._resting[base], asyncio.get_running_loop().time() - REST_SECONDS
        while resting and (resting[0][0] < since or resting[0][1].is_closed):
            resting.popleft()[1].close()
        while resting:
            _, connection = resting.pop()
            if not connection.is_closed:
                return connection
        return None

    def _rest(self, base: str, connection: UpstreamConnection) -> None:
        if connection.is_reusable:
            self._resting[base].append((asyncio.get_running_loop().time(), connection))
        else:
            connection.close()

    async def _connect(self, base: str) -> UpstreamConnection:
        address = urlsplit(base)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, connection = await loop.create_connection(UpstreamConnection, address.hostname or "", address.port or 80)
        except OSError as error:
            raise UpstreamLost(str(error), is_fresh=True) from error
        return connection


async def _send(connection: UpstreamConnection, request: Request, host: str) -> Head:
    connection.begin()
    has_length = any(name == "content-length" for name, _ in request.headers)
    lines = [f"{request.method} {request.target} HTTP/1.1", f"host: {host}"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    is_chunked = request.body is not None and not has_length
    if is_chunked:
        lines.append("transfer-encoding: chunked")
    await connection.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    if request.body is not None:
        await _send_body(connection, request.body, is_chunked)
    async with asyncio.timeout(SILENCE_SECONDS):
        return await connection.head()


async def _send_body(connection: UpstreamConnection, body: AsyncIterator[bytes], is_chunked: bool) -> None:
    """Until it ends, or the service has answered without waiting for it."""
    async for part in body:
        if connection.is_answered:
            connection.cut()
            return
        await connection.write(b"%x\r\n%b\r\n" % (len(part), part) if is_chunked else part)
    if is_chunked:
        await connection.write(b"0\r\n\r\n")


def encoded(headers: Headers) -> dict[str, str]:
    """Headers by their small names; of several of one name the last."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
