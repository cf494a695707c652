"""How soon a subscriber sees what was posted: from the moment before the POST to the line on its event stream."""

import asyncio
import time
import uuid

import httpx

from benchmarks.figures import Figure
from tests.journeys.listeners import Listener, listening
from tests.platforms import LoadedPlatform, People

POSTS, LIMIT_MS = 100, 150.0


async def measure(platform: LoadedPlatform) -> list[Figure]:
    """p99 over single posts with one listener, against the limit of issue 4."""
    async with httpx.AsyncClient(base_url=platform.base_url, timeout=60) as http:
        people = await People.sign_in(http, {name: platform.credentials[name] for name in ("analyst", "unct-kaz")})
        listener = _Timed()
        async with listening(platform.base_url, people.headers("analyst"), listener):
            waits = [await _one(people, listener, number) for number in range(POSTS)]
    waits.sort()
    return [
        Figure("posted to seen on a stream, median", waits[POSTS // 2], "ms", "limit", LIMIT_MS, most=1.0),
        Figure("posted to seen on a stream, p99", waits[int(POSTS * 0.99) - 1], "ms", "limit", LIMIT_MS, most=1.0),
    ]


class _Timed(Listener):
    """Notes when each submission was heard of."""

    def heard(self, submission: str) -> bool:
        return any(event["subject"]["id"] == submission for event in self.of("reports.intake.accepted.v1"))


async def _one(people: People, listener: _Timed, number: int) -> float:
    row = {
        "external_id": f"bench-{uuid.uuid4()}",
        "occurred_at": "2020-01-01T00:00:00Z",
        "country": "KAZ",
        "latitude": 45.0 + number * 0.01,
        "longitude": 70.0,
        "themes": ["political"],
        "title": "Benchmark",
    }
    began = time.perf_counter()
    receipt = await people.post("unct-kaz", "/feeds/unct-kaz/submissions", [row])
    while not listener.heard(receipt["id"]):
        await asyncio.sleep(0.001)
        assert time.perf_counter() - began < 30
    return (time.perf_counter() - began) * 1000
