"""A feed's silence is announced once, and so is its return (R7)."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from chassis.columns import now
from chassis.principal import system_principal
from chassis.tables import OutboxRow
from services.reports.feeds.actions import settle_credentials
from services.reports.feeds.tables import Feed
from services.reports.jobs import sweep_once
from tests.services.reports.conftest import Make

SYSTEM = system_principal("reports")


class Watched:
    """A feed whose clock a test sets."""

    def __init__(self, reports: Any, feed: str) -> None:
        self.database, self.feed = reports.app.state.database, feed

    async def last_heard(self, minutes_ago: int) -> None:
        """Let it have been heard of so long ago."""
        async with self.database.transaction(SYSTEM) as session:
            (await session.get_one(Feed, self.feed)).last_delivery_at = now() - timedelta(minutes=minutes_ago)

    async def told(self) -> list[str]:
        """What was announced of it, in order; swept by several processes at once."""
        await asyncio.gather(*(sweep_once(self.database) for _ in range(4)))
        async with self.database.transaction(SYSTEM) as session:
            rows = (await session.execute(select(OutboxRow).order_by(OutboxRow.seq))).scalars()
            return [row.type.split(".")[2] for row in rows if row.event["subject"] == f"feed/{self.feed}"]


@pytest.fixture
async def watched(reports: Any, desk: Make) -> Watched:
    """A feed that is expected every hour."""
    feed = f"quiet-{uuid4().hex[:12]}"
    body = {"id": feed, "name": "Exercise", "organization": "unct-tjk", "trust": "low", "expected_interval_minutes": 60, "country": "TJK"}
    await desk("administrator").post("/feeds", body, 201)
    return Watched(reports, feed)


async def test_r7_a_silence_and_a_return_are_each_announced_once(watched: Watched, desk: Make) -> None:
    await watched.last_heard(59)
    assert await watched.told() == []
    await watched.last_heard(61)
    assert await watched.told() == ["silent"]
    assert await watched.told() == ["silent"]
    health = (await desk("analyst").get(f"/feeds/{watched.feed}"))["health"]
    assert health["silent_since"] is not None
    await desk("feed", organization="unct-tjk").deliver(watched.feed, [])
    assert await watched.told() == ["silent", "heard"]
    await watched.last_heard(120)
    assert await watched.told() == ["silent", "heard", "silent"]


async def test_r7_a_feed_that_never_spoke_is_silent_after_its_interval(watched: Watched) -> None:
    assert await watched.told() == []
    async with watched.database.transaction(SYSTEM) as session:
        (await session.get_one(Feed, watched.feed)).created_at = now() - timedelta(hours=2)
    assert await watched.told() == ["silent"]


async def test_r7_a_feed_that_is_not_configured_is_no_silent_one(watched: Watched) -> None:
    await watched.last_heard(61)
    async with watched.database.transaction(SYSTEM) as session:
        (await session.get_one(Feed, watched.feed)).configured = False
    assert await watched.told() == []


async def test_r7_any_number_of_processes_settle_credentials_at_once(reports: Any, desk: Make) -> None:
    feed, administrator = f"settled-{uuid4().hex[:12]}", desk("administrator")
    body = {"id": feed, "name": "Exercise", "organization": "unct-tjk", "trust": "low", "expected_interval_minutes": 60, "country": "TJK"}
    fetched = {"url": "http://127.0.0.1:9/x", "pull_every_minutes": 60, "credentials": "exercise-key"}
    made = await administrator.post("/feeds", body | fetched, 201)

    async def settle(*held: str) -> None:
        async with reports.app.state.database.transaction(SYSTEM) as session:
            await settle_credentials(session, set(held))

    for held in ((), ("exercise-key",), ()):
        await asyncio.gather(*(settle(*held) for _ in range(8)))
    found = await administrator.get(f"/feeds/{feed}")
    assert (found["state"], found["version"]) == ("not configured", made["version"]), "no change that an edit could overwrite"
