"""Clients that go on trying, as a partner's or a country team's system would."""

import asyncio
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.listeners import Listener
from tests.platforms import People

Json = dict[str, Any]


async def insist(people: People, name: str, path: str, body: Any = None, seconds: float = 60.0) -> Json:
    """POST with one Idempotency-Key, again and again until it is acknowledged. AssertionError for an answer that says not to."""
    key, deadline = str(uuid4()), time.monotonic() + seconds
    while True:
        # A connection that breaks off says nothing of what was done: the key makes the repetition safe.
        with suppress(httpx.TransportError):
            answer = await people.try_post(name, path, body, **{"idempotency-key": key})
            if answer.is_success:
                found: Json = answer.json()
                return found
            assert may_be_repeated(answer), f"{path}: {answer.status_code} {answer.text[:500]}"
        assert time.monotonic() < deadline, f"{path} was not acknowledged in time"
        await asyncio.sleep(0.1)


async def read_in_the_end(people: People, name: str, path: str, seconds: float = 60.0) -> Json:
    """GET again and again until it is answered. AssertionError for an answer that says not to."""
    deadline = time.monotonic() + seconds
    while True:
        with suppress(httpx.TransportError):
            answer = await people.try_get(name, path)
            if answer.is_success:
                found: Json = answer.json()
                return found
            assert may_be_repeated(answer), f"{path}: {answer.status_code} {answer.text[:500]}"
        assert time.monotonic() < deadline, f"{path} was not answered in time"
        await asyncio.sleep(0.1)


def may_be_repeated(answer: httpx.Response) -> bool:
    """Only what says itself that it passes: 503 with Retry-After, and a first request under the same key that still runs.

    A 500 is a fault of ours and is never asked away.
    """
    problem = answer.json()
    in_use = answer.status_code == 409 and problem["type"].endswith("/idempotency-key-in-use")
    return in_use or (answer.status_code == 503 and "retry-after" in answer.headers)


async def keep_listening(base_url: str, headers: dict[str, str], listener: Listener) -> None:
    """An event stream that is opened again, behind the last event, whenever it breaks off or is refused."""
    while True:
        try:
            await listener.run(base_url, headers)
        except (httpx.HTTPError, AssertionError):
            await asyncio.sleep(0.2)
