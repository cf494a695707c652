"""What triage is tested with: feeds of high and low trust, and accounts of these days."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
Many = Callable[[int], list[Json]]
_cells = itertools.cycle(range(10 * 22))


@pytest.fixture
def fresh(row: Row) -> Row:
    """An account of the last days, 60 km from that of any other test: too far to be taken for the same incident."""

    def make(**more: Any) -> Json:
        at = datetime.now(UTC) - timedelta(days=random.uniform(0, 2))
        line, column = divmod(next(_cells), 22)
        place = {"country": "KAZ", "latitude": round(44.6 + line * 0.55, 4), "longitude": round(60.5 + column * 0.8, 4)}
        return row(**{"occurred_at": at.isoformat()} | place | more)

    return make


@pytest.fixture
def many(row: Row) -> Callable[[int], list[Json]]:
    """`many(200)`: accounts without coordinates, which stay apart from all others."""

    def make(number: int) -> list[Json]:
        at = datetime.now(UTC).isoformat()
        rows = [row(occurred_at=at) for _ in range(number)]
        return [{name: said for name, said in each.items() if name not in ("latitude", "longitude")} for each in rows]

    return make


class Feed:
    """A feed, and its voice."""

    def __init__(self, name: str, voice: Desk) -> None:
        self.name, self.voice = name, voice

    async def tell(self, *rows: Json) -> None:
        """Deliver rows, all of which are taken."""
        receipt = await self.voice.deliver(self.name, list(rows))
        assert receipt["accepted"] == len(rows), receipt


async def feed_of(desk: Make, trust: str, organization: str = "unct-tjk") -> Feed:
    """A new feed of that trust."""
    name = f"triage-{uuid4().hex[:12]}"
    wanted = {"name": "Exercise", "trust": trust, "expected_interval_minutes": 60, "country": "TJK"}
    await desk("administrator").post("/feeds", wanted | {"id": name, "organization": organization}, 201)
    return Feed(name, desk("feed", client_id=organization, organization=organization))


@pytest.fixture
async def trusted(desk: Make) -> Feed:
    """A feed of high trust."""
    return await feed_of(desk, "high")


@pytest.fixture
async def untrusted(desk: Make) -> Feed:
    """A feed of low trust."""
    return await feed_of(desk, "low", "rumours")


@pytest.fixture
def other(desk: Make) -> Desk:
    """Another analyst."""
    return desk("analyst", client_id="analyst-2")


async def inbox(desk: Desk, **asked: Any) -> list[Json]:
    """The whole inbox, page by page."""
    page = await desk.get("/triage", limit=200, **asked)
    items: list[Json] = page["items"]
    while page["next"]:
        page = await desk.get("/triage", limit=200, cursor=page["next"], **asked)
        items += page["items"]
    return items


async def listed(desk: Desk, incident: Json, **asked: Any) -> bool:
    """Whether list, map, counts and export hold the incident, which bears a word of its own; they must agree."""
    narrowed = {"q": incident["title"].split()[1], **asked}
    found = [each["id"] for each in (await desk.get("/incidents", **narrowed))["items"]]
    placed = sum(each["properties"]["count"] for each in (await desk.get("/incidents/map", **narrowed))["features"])
    counted = (await desk.get("/incidents/facets", **narrowed))["total"]
    timed = sum(each["count"] for each in (await desk.get("/incidents/timeline", **narrowed))["steps"])
    exported = (await desk.call("GET", "/incidents/export", params={"format": "csv", **narrowed})).text
    holds = {incident["id"] in found, bool(placed), bool(counted), bool(timed), incident["id"] in exported}
    assert len(holds) == 1, (found, placed, counted, timed)
    return holds.pop()
