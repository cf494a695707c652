"""Kill -9 while a feed is fetched: the fetch goes on where it was, and nothing is taken in twice."""

import asyncio
import threading
from uuid import uuid4

import pytest

from tests.faults.test_kill import strike
from tests.platforms import LoadedPlatform, People
from tests.services.reports.feeds.origin import Page, serve
from tests.services.reports.feeds.test_cap import alert
from tests.waiting import eventually

ALERTS = 6


@pytest.mark.timeout(180)
@pytest.mark.parametrize("victim", ["reports", "postgres"])
async def test_r5_a_fetch_that_is_killed_goes_on_where_it_was(fragile: LoadedPlatform, people: People, victim: str) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait(30)

    with serve() as origin:
        entries = "".join(f'<entry><link type="application/cap+xml" href="/alert{n}"/></entry>' for n in range(ALERTS))
        body = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
        origin.pages["/index"] = Page(body, headers={"Content-Type": "application/atom+xml"})
        for number in range(ALERTS):
            before = wait if number == ALERTS // 2 else lambda: None
            origin.pages[f"/alert{number}"] = Page(
                alert(identifier=f"{uuid4()}"), headers={"Content-Type": "application/cap+xml"}, before=before
            )
        feed = f"killed-{uuid4().hex[:8]}"
        wanted = {"id": feed, "name": "Exercise", "organization": "unct-tjk", "trust": "medium", "expected_interval_minutes": 60}
        await people.post(
            "administrator", "/feeds", wanted | {"country": "TJK", "adapter": "cap", "url": f"{origin.url}/index", "pull_every_minutes": 60}
        )
        await eventually(reached.is_set, 30)
        await strike(fragile, victim, asyncio.Event())
        go_on.set()

        async def is_whole() -> bool:
            answer = await people.try_get("administrator", f"/feeds/{feed}")
            return answer.is_success and answer.json()["health"]["last_pull_at"] is not None and answer.json()["health"]["failures"] == 0

        await eventually(is_whole, 120)
        receipts = (await people.get("administrator", f"/submissions?feed={feed}&limit=50"))["items"]
        assert [each["accepted"] for each in receipts] == [1] * ALERTS
        early = [f"/alert{number}" for number in range(ALERTS // 2)]
        assert [path for path in origin.paths() if path in early] == early, "what was taken in is not fetched again"
