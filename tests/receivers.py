"""Web servers of strangers at their worst: what a receiver of webhooks or a feed's server may do."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Behave = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
REDIRECTS = (
    "mailto:a@b",
    "javascript:alert(1)",
    "data:text/plain,x",
    "tel:+1",
    "urn:isbn:1",
    "http://10.0.0.1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:127.0.0.1]:99999/",
    "//",
    "http://[",
    "\x00",
)


def says(head: str) -> Behave:
    """Answers with this head, and closes."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode("latin-1") + b"\r\n\r\n")
        await writer.drain()

    return behave


def repeats(before: bytes, again: bytes, seconds: float) -> Behave:
    """Sends the same again and again, for as long as anybody listens."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(seconds)

    return behave


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Breaks the connection off."""
    held: socket.socket = writer.get_extra_info("socket")
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def is_silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Never answers."""
    await reader.read()


CORPUS: dict[str, Behave] = {
    **{f"leads to {each!r}": says(f"HTTP/1.1 302 Found\r\nLocation: {each}") for each in REDIRECTS},
    "a byte every 3 seconds": repeats(b"HTTP/1.1 20", b"0", 3.0),
    "a header every 3 seconds": repeats(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", 3.0),
    "headers without an end": repeats(b"HTTP/1.1 200 OK\r\n", b"x: " + b"y" * 60_000 + b"\r\n", 0),
    "one huge header": says("HTTP/1.1 200 OK\r\nx: " + "y" * 3_000_000),
    "1xx without an end": repeats(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
    "never answers": is_silent,
    "resets": reset,
    "closes within the headers": says("HTTP/1.1 200 OK\r\nContent-Le"),
    "closes at once": says(""),
    "no HTTP": says("SSH-2.0-OpenSSH_9.2"),
    "a status that is none": says("HTTP/1.1 99999 What\r\nContent-Length: -1"),
    "lengths that differ": says("HTTP/1.1 500 No\r\nContent-Length: 1\r\nContent-Length: 2"),
    "sets cookies": says("HTTP/1.1 503 Busy\r\nSet-Cookie: a=b; Max-Age=99999\r\nSet-Cookie: \xff"),
}


class Stranger:
    """One such server; what it was asked is in `asked`."""

    def __init__(self, behave: Behave) -> None:
        self._behave = behave
        self._serving: set[asyncio.Task[None] | None] = set()
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until it is closed from either side."""
        self._serving.add(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
            await self._behave(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def close(self) -> None:
        """End the connections that are open."""
        serving = [each for each in self._serving if each is not None]
        for each in serving:
            each.cancel()
        await asyncio.gather(*serving)


@asynccontextmanager
async def stranger(behave: Behave) -> AsyncIterator[Stranger]:
    """A listening server that behaves so, on a free loopback port."""
    found = Stranger(behave)
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield found
    finally:
        server.close()
        await found.close()
