"""Receivers at their worst: each is its own failed attempt, and delays nobody else's delivery."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import uuid4

import httpx
import pytest

from services.gateway.webhooks.actions import EXCHANGE_SECONDS
from services.gateway.webhooks.actions.sending import EACH
from tests.receivers import CORPUS, Stranger, is_silent, says, stranger
from tests.services.gateway.people import Door
from tests.services.gateway.webhooks.recipients import RELEASED, Recipient, registered
from tests.waiting import eventually


@pytest.fixture
async def good(door: Door, coordination: httpx.AsyncClient) -> AsyncIterator[Recipient]:
    """A recipient whose server answers at once."""
    async with registered(door) as found:
        yield found


async def released_in_time(good: Recipient) -> float:
    """How long a notice takes to the good recipient."""
    before = len(good.server.of(RELEASED))
    began = time.monotonic()
    await good.release()
    await eventually(lambda: len(good.server.of(RELEASED)) > before)
    return time.monotonic() - began


async def strangers(stack: AsyncExitStack, door: Door, behaviours: list[str]) -> list[tuple[Stranger, Recipient]]:
    """An organization for each behaviour, with a webhook that leads to such a server."""
    found = []
    for name in behaviours:
        server = await stack.enter_async_context(stranger(CORPUS[name]))
        found.append((server, await stack.enter_async_context(registered(door, server.url))))
    return found


async def test_the_corpus_of_receivers_delays_nobody_and_ends_nothing(door: Door, good: Recipient) -> None:
    standing = door.app.state.runner.standing["webhooks"]
    async with AsyncExitStack() as stack:
        hostile = await strangers(stack, door, list(CORPUS))
        for _, recipient in hostile:
            await recipient.release()
        await eventually(lambda: all(server.asked for server, _ in hostile))
        assert await released_in_time(good) < 1
        for name, (_, recipient) in zip(CORPUS, hostile, strict=True):
            await eventually(recipient.tried, EXCHANGE_SECONDS + 10)
            (delivery,) = await recipient.deliveries()
            # A redirect is an answer like any other: it is not followed, and delivers nothing.
            told = delivery.status is not None or delivery.error
            assert (delivery.state, bool(told)) == ("pending", True), name
        assert await released_in_time(good) < 1
    assert standing.failures == 0
    assert door.app.state.runner.overdue() == {}


async def test_a_silent_receiver_takes_its_own_slots_only(door: Door, good: Recipient) -> None:
    async with stranger(is_silent) as server, registered(door, server.url) as silent:
        for _ in range(EACH * 5):
            await silent.release()
        await eventually(lambda: len(server.asked) == EACH)
        assert await released_in_time(good) < 1
        assert len(server.asked) == EACH


async def test_a_redirect_is_not_followed_to_wherever_it_leads(door: Door, good: Recipient) -> None:
    async with stranger(is_silent) as inner:
        head = f"HTTP/1.1 302 Found\r\nLocation: {inner.url}\r\nContent-Length: 0"
        async with stranger(says(head)) as server, registered(door, server.url) as moved:
            await moved.release()
            await eventually(moved.tried)
            (delivery,) = await moved.deliveries()
            assert delivery.status == 302
            assert inner.asked == []


async def test_a_cookie_goes_to_nobody(door: Door, good: Recipient) -> None:
    """Not back to who set it, nor to another organization at the same address."""
    head = "HTTP/1.1 503 Busy\r\nSet-Cookie: who=first; Max-Age=99999\r\nContent-Length: 0"
    async with stranger(says(head)) as server, registered(door, server.url) as first, registered(door, f"{server.url}/2") as second:
        await first.release()
        await eventually(first.tried)
        await second.release()
        await eventually(lambda: len(server.asked) >= 3)
        assert "cookie" not in "".join(server.asked).lower()


async def test_a_receiver_that_is_slow_for_all_its_webhooks_is_one_receiver(door: Door, good: Recipient) -> None:
    async with stranger(is_silent) as server, registered(door, server.url) as silent:
        body = {"url": f"{server.url}/{uuid4()}", "events": ["*"]}
        for _ in range(3):
            made = await door.http.post("/v1/webhooks", json=body, headers=silent.headers)
            assert made.status_code == 201
        for _ in range(EACH):
            await silent.release()
        await eventually(lambda: len(server.asked) == EACH)
        assert await released_in_time(good) < 1
        assert len(server.asked) == EACH
