"""How soon a subscriber sees what was posted: from the moment before the POST to the line on its event stream."""

import asyncio
import time
import uuid
from typing import Any

import aiohttp
import httpx

from benchmarks.figures import Figure
from tests.journeys.listeners import Listener, listening
from tests.platforms import LoadedPlatform, People, fetch_token_aio

FEEDS = ("unct-kaz", "unct-kgz", "unct-tjk", "unct-tkm", "unct-uzb")
POSTS, LIMIT_MS = 100, 150.0
RATE, SECONDS, LIMIT_AT_RATE_MS = 200, 10, 400.0
Json = dict[str, Any]


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """p99 over single posts with one listener, and at 200 posts a second, against the limits of issue 4."""
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        people = await People.sign_in(http, {"analyst": platform.credentials["analyst"]})
        listener = Listener()
        listener.events = events = _Stamped()
        async with listening(platform.base_url, people.headers("analyst"), listener), aiohttp.ClientSession() as posting:
            tokens = {feed: await fetch_token_aio(posting, platform, feed) for feed in FEEDS}
            poster = _Poster(posting, platform.base_url, tokens, events.heard)
            single = sorted([await poster.post(number) for number in range(POSTS)])
            many = sorted(await poster.post_at_rate())
    return [
        Figure("posted to seen on a stream, median", single[POSTS // 2], "ms", "limit", LIMIT_MS, most=1.0),
        Figure("posted to seen on a stream, p99", _p99(single), "ms", "limit", LIMIT_MS, most=1.0),
        Figure(f"posted to seen at {RATE} posts/s, p99", _p99(many), "ms", "limit", LIMIT_AT_RATE_MS, most=1.0),
    ]


def _p99(waits: list[float]) -> float:
    return waits[int(len(waits) * 0.99) - 1]


class _Stamped(list[Json]):
    """The events of a stream, and when each submission was first heard of."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: dict[str, float] = {}

    def append(self, event: Json) -> None:
        """Note the moment, so that nobody has to look for it."""
        if event["type"] == "reports.intake.accepted.v1":
            self.heard.setdefault(event["subject"]["id"], time.perf_counter())


class _Poster:
    """Posts rows, and waits until each is heard of."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, tokens: dict[str, str], heard: dict[str, float]) -> None:
        self._http, self._base_url, self._tokens, self._heard = http, base_url, tokens, heard

    async def post(self, number: int) -> float:
        """Milliseconds from before the POST to the event."""
        began, receipt = await self._post(number)
        return (await self._until_heard([receipt]))[0][1] - began

    async def post_at_rate(self) -> list[float]:
        """The same at a fixed rate, whatever the answers take: an open loop, so that slowness is not hidden by waiting."""
        start, tasks = time.perf_counter(), []
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            tasks.append(asyncio.create_task(self._post(number)))
        posted = await asyncio.gather(*tasks)
        heard = dict(await self._until_heard([receipt for _, receipt in posted]))
        return [heard[receipt] - began for began, receipt in posted]

    async def _post(self, number: int) -> tuple[float, str]:
        feed = FEEDS[number % len(FEEDS)]
        address, headers = f"{self._base_url}/v1/feeds/{feed}/submissions", {"authorization": f"Bearer {self._tokens[feed]}"}
        began = time.perf_counter()
        async with self._http.post(address, json=[_row(number)], headers=headers) as answer:
            assert answer.status == 202, await answer.text()
            return began * 1000, (await answer.json())["id"]

    async def _until_heard(self, receipts: list[str]) -> list[tuple[str, float]]:
        """When each was heard of, in milliseconds."""
        ends = time.perf_counter() + 120
        while not all(receipt in self._heard for receipt in receipts[-1:] + receipts):
            await asyncio.sleep(0.001 if len(receipts) == 1 else 0.05)
            assert time.perf_counter() < ends, "not everything was heard of"
        return [(receipt, self._heard[receipt] * 1000) for receipt in receipts]


def _row(number: int) -> Json:
    return {
        "external_id": f"bench-{uuid.uuid4()}",
        "occurred_at": f"20{number % 20:02d}-01-01T00:00:00Z",
        "country": "KAZ",
        "latitude": 45.0 + number % 400 * 0.01,
        "longitude": 60.0 + number // 400 * 0.5,
        "themes": ["political"],
        "title": "Benchmark",
    }
