"""What triage is tested with: feeds of high and low trust, and accounts of these days."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]


@pytest.fixture
def fresh(row: Row) -> Row:
    """An account of the last days, told by nobody else."""

    def make(**more: Any) -> Json:
        at = datetime.now(UTC) - timedelta(days=random.uniform(0, 2))
        return row(**{"occurred_at": at.isoformat()} | more)

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
