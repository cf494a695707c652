"""What a partner's system runs: an event-stream reader, and a web server that takes signed webhooks."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from standardwebhooks import Webhook

Json = dict[str, Any]


class Listener:
    """Reads an event stream in the background; `events` grows as they come."""

    def __init__(self) -> None:
        self.events: list[Json] = []
        self.last_id: str | None = None
        self.opened = asyncio.Event()

    def of(self, event_type: str) -> list[Json]:
        """The events of a type, so far."""
        return [event for event in self.events if event["type"] == event_type]

    async def run(self, base_url: str, headers: dict[str, str]) -> None:
        """Listen until cancelled or the server ends the stream."""
        resume = {"last-event-id": self.last_id} if self.last_id else {}
        async with (
            httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(10, read=None)) as http,
            http.stream("GET", "/v1/events", headers=headers | resume) as answer,
        ):
            assert answer.status_code == 200, await answer.aread()
            self.opened.set()
            async for line in answer.aiter_lines():
                if line.startswith("id: "):
                    self.last_id = line[4:]
                elif line.startswith("data: ") and line != "data: {}":
                    self.events.append(json.loads(line[6:]))


@asynccontextmanager
async def listening(base_url: str, headers: dict[str, str], listener: Listener | None = None) -> AsyncIterator[Listener]:
    """An open event stream."""
    listener = listener or Listener()
    listener.opened.clear()
    task = asyncio.ensure_future(listener.run(base_url, headers))
    await asyncio.wait_for(listener.opened.wait(), 10)
    try:
        yield listener
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, httpx.HTTPError):
            await task


class Hooks:
    """A partner's web server: verifies what comes, as Standard Webhooks says; `fail` makes it refuse for a while."""

    def __init__(self) -> None:
        self.port = 0
        self.secret = ""
        self.fail = False
        self.refusal = "503 Busy"
        self.attempts: list[str] = []
        self.received: list[Json] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"

    def of(self, event_type: str) -> list[Json]:
        """The verified notices of a type, so far."""
        return [notice for notice in self.received if notice["type"] == event_type]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.attempts.append(headers["webhook-id"])
        status = self.refusal if self.fail else "204 No Content"
        if not self.fail:
            self.received.append(Webhook(self.secret).verify(body, headers) | {"delivery": headers["webhook-id"]})
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def hooks() -> AsyncIterator[Hooks]:
    """A listening web server on a free loopback port."""
    found = Hooks()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found
