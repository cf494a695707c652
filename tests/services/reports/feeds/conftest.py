"""What the tests of fetched feeds begin with: a real server, a feed that is fetched from it step by step, credentials."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.columns import now
from chassis.principal import system_principal
from services.reports import jobs
from services.reports.feeds.actions import settle_credentials
from services.reports.feeds.tables import Feed
from services.reports.pulling.actions.fetching import Bounds
from services.reports.pulling.actions.pulling import Puller, due_feeds
from services.reports.settings import ReportsSettings
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.origin import Origin, serve

Json = dict[str, Any]
SYSTEM = system_principal("reports")
BOUNDS = Bounds(seconds=20, max_bytes=1_000_000, allow_loopback=True)


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server that answers what a test puts there."""
    with serve() as server:
        yield server


class Fetching:
    """One feed and its fetching, step by step."""

    def __init__(self, reports: Any, administrator: Desk, feed: str) -> None:
        self.database, self.administrator, self.feed = reports.app.state.database, administrator, feed
        self.settings: ReportsSettings = reports.app.state.settings

    async def pull(self, bounds: Bounds = BOUNDS) -> Json:
        """Fetch it now, whether due or not, and give the feed as it is then."""
        held = self.settings.read_credentials()
        async with self.database.transaction(SYSTEM) as session:
            await settle_credentials(session, held.keys())
            feed = await session.get_one(Feed, self.feed)
            feed.health.next_pull_at = now() - timedelta(seconds=1)
        await Puller(self.database, SYSTEM, bounds).pull(self.feed, held.get(feed.credentials or ""))
        return await self.read()

    async def read(self) -> Json:
        """The feed as the administrator sees it."""
        return await self.administrator.get(f"/feeds/{self.feed}")

    async def receipts(self) -> list[Json]:
        """Its receipts, oldest first."""
        found: list[Json] = (await self.administrator.get("/submissions", feed=self.feed))["items"]
        return found[::-1]


Watch = Callable[..., Awaitable[Fetching]]


@pytest.fixture
def watch(reports: httpx.AsyncClient, desk: Make, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """`await watch(url, adapter="cap")`: a new feed that is fetched from there, step by step; the job leaves such alone."""
    monkeypatch.setattr(jobs, "due_feeds", lambda: due_feeds().where(~Feed.id.startswith("stepwise-")))

    async def make(url: str, by: str = "stepwise", **more: Any) -> Fetching:
        administrator = desk("administrator")
        feed = f"{by}-{uuid4().hex[:12]}"
        body = {
            "id": feed,
            "name": "Exercise",
            "organization": "unct-tjk",
            "trust": "medium",
            "expected_interval_minutes": 60,
            "country": "TJK",
        }
        made = body | {"url": url, "pull_every_minutes": 60} | more
        fetching = Fetching(reports, administrator, feed)
        await administrator.post("/feeds", made, 201)
        return fetching

    return make


def row(number: int, **more: Any) -> Json:
    """A native row of its own."""
    known = {"external_id": f"pulled-{uuid4()}-{number}", "occurred_at": "2026-03-01T10:00:00Z", "title": "Exercise", "country": "TJK"}
    return known | more


@pytest.fixture
def credentials(tmp_path: Path, reports: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the file of credentials that the service reads."""
    path = tmp_path / "credentials.json"

    def write(held: str) -> None:
        path.write_text(held)
        monkeypatch.setattr(reports.app.state.settings, "feed_credentials", path)

    return write
