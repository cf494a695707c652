"""Clients that go on trying, as a partner's or a country team's system would."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.listeners import Listener
from tests.platforms import People

Json = dict[str, Any]


async def insist(people: People, name: str, path: str, body: Any = None, seconds: float = 60.0) -> Json:
    """POST with one Idempotency-Key, again and again until it is acknowledged. A refusal (4xx, not 409 in use) ends it."""
    key, deadline = str(uuid4()), time.monotonic() + seconds
    while True:
        try:
            answer = await people.try_post(name, path, body, **{"idempotency-key": key})
            if answer.is_success:
                found: Json = answer.json()
                return found
            busy = answer.status_code >= 500 or answer.json()["type"].endswith("/idempotency-key-in-use")
            assert busy, f"{path}: {answer.status_code} {answer.text[:500]}"
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        assert time.monotonic() < deadline, f"{path} was not acknowledged in time"
        await asyncio.sleep(0.1)


async def keep_listening(base_url: str, headers: dict[str, str], listener: Listener) -> None:
    """An event stream that is opened again, behind the last event, whenever it breaks off or is refused."""
    while True:
        try:
            await listener.run(base_url, headers)
        except (httpx.HTTPError, AssertionError):
            await asyncio.sleep(0.2)
