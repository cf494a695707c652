"""How many streams one client may hold, and what a stream says first."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from tests.services.gateway.people import Door, token_of
from tests.serving import serving


async def test_the_twenty_first_stream_of_a_client_is_refused_until_one_closes(door: Door) -> None:
    mine, others = await door.bearer("analyst"), await door.bearer("analyst")
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(door.app))
        limits = httpx.Limits(max_connections=60)
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, limits=limits, timeout=10))
        opened = [await stack.enter_async_context(http.stream("GET", "/v1/events", headers=mine)) for _ in range(20)]
        assert {answer.status_code for answer in opened} == {200}
        over = await http.get("/v1/events", headers=mine)
        assert over.status_code == 429, over.text
        assert over.json()["type"].endswith("/too-many-streams")
        stranger = await stack.enter_async_context(http.stream("GET", "/v1/events", headers=others))
        assert stranger.status_code == 200
        await opened[0].aclose()
        async with asyncio.timeout(10):
            while (await _status(http, mine)) == 429:
                await asyncio.sleep(0.05)


async def _status(http: httpx.AsyncClient, headers: dict[str, str]) -> int:
    async with http.stream("GET", "/v1/events", headers=headers) as answer:
        return answer.status_code


async def test_an_event_that_is_not_known_begins_again_whatever_it_is_called(door: Door) -> None:
    headers = await door.bearer("analyst")
    async with serving(door.app) as url, httpx.AsyncClient(base_url=url, timeout=10) as http:
        for last in ("01939c5e-7a11-7d40-8a53-6d2b1e0f9c8a", "no-uuid", "x" * 500):
            asked = headers | {"last-event-id": last}
            async with http.stream("GET", "/v1/events", headers=asked) as answer:
                assert answer.status_code == 200
                lines = answer.aiter_lines()
                first = [await anext(lines) for _ in range(4)]
            assert "event: reset" in first


async def test_head_of_a_stream_ends(door: Door) -> None:
    headers = await door.bearer("analyst")
    async with serving(door.app) as url, httpx.AsyncClient(base_url=url, timeout=10) as http:
        answer = await http.head("/v1/events", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_r15_a_revoked_token_ends_its_streams(door: Door) -> None:
    client = await door.client("analyst")
    token = await token_of(door.http, client)
    headers = {"authorization": f"Bearer {token}"}
    form = {"client_id": client["client_id"], "client_secret": client["client_secret"], "token": token}
    async with (
        serving(door.app) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as http,
        http.stream("GET", "/v1/events", headers=headers) as answer,
        asyncio.timeout(20),
    ):
        lines = answer.aiter_lines()
        assert (await anext(lines)).startswith(": welcome")
        assert (await http.post("/oauth2/revoke", data=form)).status_code == 200
        assert "event: ended" in [line async for line in lines]
