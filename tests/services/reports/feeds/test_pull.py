"""Feeds that are fetched, from a real server: conditions, back-off, indexes, pages, crashes, several processes at once."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from services.reports import jobs
from services.reports.feeds.rules import LONGEST_PAUSE, next_pull, retry_at
from services.reports.intake.actions import Delivery, receive_delivery
from services.reports.intake.tables import Submission
from services.reports.pulling.actions import pulling
from tests.services.reports.feeds.conftest import Fetching, Watch, row
from tests.services.reports.feeds.origin import Origin, Page
from tests.services.reports.feeds.test_cap import alert
from tests.services.reports.feeds.test_hostile import packed

AT = datetime(2026, 3, 1, tzinfo=UTC)


async def test_a_feed_is_fetched_and_asked_only_for_changes_after_that(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(
        json.dumps([row(1), {"title": "broken"}]).encode(), headers={"Content-Type": "application/json", "ETag": '"1"'}
    )
    feed = await watch(f"{origin.url}/x")
    first = await feed.pull()
    assert (first["state"], first["health"]["failures"], first["health"]["last_error"]) == ("ok", 0, None)
    [receipt] = await feed.receipts()
    assert (receipt["accepted"], receipt["rejected"]) == (1, 1)
    second = await feed.pull()
    assert origin.asked[-1][1]["if-none-match"] == '"1"'
    assert second["last_delivery_at"] > first["last_delivery_at"], "nothing new is a sign of life (R7)"
    assert len(await feed.receipts()) == 1


async def test_a_failure_is_told_and_waited_out_and_asks_for_everything_again(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(b"[]", headers={"Content-Type": "application/json", "ETag": '"1"'})
    feed = await watch(f"{origin.url}/x")
    await feed.pull()
    origin.pages["/x"] = Page(status=503)
    failed = await feed.pull()
    assert failed["health"]["failures"] == 1
    assert failed["health"]["last_error"] == "The document could not be fetched: The server answered 503."
    assert datetime.fromisoformat(failed["health"]["next_pull_at"]) > now()
    origin.pages["/x"] = Page(b"{", headers={"Content-Type": "application/json"})
    assert "cannot be read" in (await feed.pull())["health"]["last_error"]
    origin.pages["/x"] = Page(b"<html>", headers={"Content-Type": "text/html"})
    assert "served as text/html" in (await feed.pull())["health"]["last_error"]
    assert "if-none-match" not in origin.asked[-1][1]
    origin.pages["/x"] = Page(b"[]", headers={"Content-Type": "application/json"})
    assert (await feed.pull())["health"]["failures"] == 0


@given(st.integers(1, 100))
def test_attempts_come_later_and_later_up_to_six_hours(failures: int) -> None:
    pause = retry_at(AT, failures) - AT
    wanted = min(LONGEST_PAUSE, timedelta(minutes=2 ** min(failures - 1, 12)))
    assert wanted / 2 <= pause <= wanted


@given(st.integers(1, 10_000))
def test_fetches_keep_their_interval_but_not_in_step(minutes: int) -> None:
    assert 0.94 <= (next_pull(AT, minutes) - AT) / timedelta(minutes=minutes) <= 1.06


async def test_r7_a_delivery_of_nothing_but_set_aside_rows_is_a_sign_of_life(origin: Origin, watch: Watch, data: Path) -> None:
    quakes = json.loads((data / "indicators/earthquakes.json").read_text())
    elsewhere = [
        each for each in quakes["features"] if "California" in each["properties"]["place"] or ", CA" in each["properties"]["place"]
    ]
    body = json.dumps({"type": "FeatureCollection", "features": elsewhere[:50]}).encode()
    origin.pages["/q"] = Page(body, headers={"Content-Type": "application/json; charset=utf-8"})
    feed = await watch(f"{origin.url}/q", adapter="usgs-earthquakes")
    assert (await feed.pull())["state"] == "ok"
    [receipt] = await feed.receipts()
    assert (receipt["received"], receipt["rejected"]) == (50, 50)
    flawed = await watch(f"{origin.url}/f")
    origin.pages["/f"] = Page(b'[{"title":"broken"}]', headers={"Content-Type": "application/json"})
    assert (await flawed.pull())["state"] == "waiting", "an all-rejected delivery is none"


async def test_an_index_is_followed_and_each_alert_taken_once(origin: Origin, watch: Watch) -> None:
    entries = "".join(f'<entry><id>{n}</id><link type="application/cap+xml" href="/alert{n}"/></entry>' for n in range(3))
    origin.pages["/index"] = Page(
        f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode(), headers={"Content-Type": "application/atom+xml"}
    )
    for number in range(3):
        origin.pages[f"/alert{number}"] = Page(alert(identifier=f"{uuid4()}"), headers={"Content-Type": "application/cap+xml"})
    feed = await watch(f"{origin.url}/index", adapter="cap")
    assert (await feed.pull())["health"]["last_error"] is None
    assert [each["accepted"] for each in await feed.receipts()] == [1, 1, 1]
    await feed.pull()
    assert origin.paths() == ["/index", "/alert0", "/alert1", "/alert2", "/index"]


async def test_r5_a_fetch_that_is_broken_off_goes_on_where_it_was(origin: Origin, watch: Watch) -> None:
    listed = b"1 a %s/1.export.CSV.zip\n" % origin.url.encode() + b"1 a %s/2.export.CSV.zip\n" % origin.url.encode()
    origin.pages["/lastupdate.txt"] = Page(listed, headers={"Content-Type": "text/plain"})
    for number in (1, 2):
        body = packed({f"{number}.CSV": b"x\n" * number})
        origin.pages[f"/{number}.export.CSV.zip"] = Page(body, headers={"Content-Type": "application/x-zip-compressed"})
    feed = await watch(f"{origin.url}/lastupdate.txt", adapter="gdelt-events")

    class Crash(BaseException):
        """The process ends here."""

    async def crash_at_the_second(session: AsyncSession, feed_id: str, delivery: Delivery) -> Submission:
        if len(await feed.receipts()) == 1:
            raise Crash
        return await receive_delivery(session, feed_id, delivery)

    with pytest.raises(Crash), mock.patch.object(pulling, "receive_delivery", crash_at_the_second):
        await feed.pull()
    assert [each["received"] for each in await feed.receipts()] == [1]
    after = await feed.pull()
    assert after["health"]["last_error"] is None
    assert [each["received"] for each in await feed.receipts()] == [1, 2]
    assert origin.paths() == ["/lastupdate.txt", "/1.export.CSV.zip", "/2.export.CSV.zip", "/lastupdate.txt", "/2.export.CSV.zip"]
    assert after["leads_only"] is True


async def test_pages_are_followed_to_their_end_and_not_in_a_circle(origin: Origin, watch: Watch) -> None:
    def page(following: str | None) -> Page:
        links = {"next": {"href": f"{origin.url}{following}"}} if following else {}
        return Page(json.dumps({"data": [], "links": links, "at": str(uuid4())}).encode(), headers={"Content-Type": "application/json"})

    origin.pages |= {"/p1": page("/p2"), "/p2": page("/p3"), "/p3": page("/p2")}
    feed = await watch(f"{origin.url}/p1", adapter="reliefweb")
    assert (await feed.pull())["health"]["last_error"] is None
    assert origin.paths() == ["/p1", "/p2", "/p3"]


async def test_full_pages_of_acled_are_followed_and_a_broken_off_fetch_goes_on_from_the_last(origin: Origin, watch: Watch) -> None:
    def page(number: int, size: int) -> Page:
        event = {"event_date": "2022-09-16", "event_type": "Battles", "iso": 417, "country": "Kyrgyzstan"}
        events = [event | {"event_id_cnty": f"KGZ{number}{n}{uuid4().hex}"} for n in range(size)]
        return Page(json.dumps({"status": 200, "data": events}).encode(), headers={"Content-Type": "application/json"})

    asked = "/acled?limit=2&country=Kyrgyzstan"
    pages = [asked, *(f"{asked}&page={number}" for number in (2, 3, 4))]
    origin.pages |= dict(zip(pages, [page(1, 2), page(2, 2), Page(status=503), page(4, 1)], strict=True))
    feed = await watch(f"{origin.url}{asked}", adapter="acled")
    assert "answered 503" in (await feed.pull())["health"]["last_error"]
    assert origin.paths() == pages[:3]

    origin.pages[pages[2]] = page(3, 2)
    assert (await feed.pull())["health"]["last_error"] is None
    assert origin.paths()[3:] == pages, "to the page that is not full"
    assert [each["accepted"] for each in await feed.receipts()] == [2, 2, 2, 1]


async def test_r5_pages_go_on_from_the_last_that_was_taken_in_and_past_one_that_is_gone(origin: Origin, watch: Watch) -> None:
    def page(following: str | None) -> Page:
        links = {"next": {"href": f"{origin.url}{following}"}} if following else {}
        return Page(json.dumps({"data": [], "links": links, "at": str(uuid4())}).encode(), headers={"Content-Type": "application/json"})

    origin.pages |= {"/p1": page("/p2"), "/p2": page("/p3"), "/p3": page("/p4"), "/p4": Page(status=503)}
    feed = await watch(f"{origin.url}/p1", adapter="reliefweb")
    await feed.pull()
    origin.pages["/p3"] = page("/p5")
    await feed.pull()
    assert origin.paths() == ["/p1", "/p2", "/p3", "/p4", "/p1", "/p2", "/p3", "/p5"]
    origin.pages["/p5"] = page(None)
    assert (await feed.pull())["health"]["last_error"] is None
    assert origin.paths()[8:] == ["/p1", "/p2", "/p3", "/p5"]


async def test_r7_a_feed_without_its_credentials_is_not_configured_until_they_are_there(
    origin: Origin, watch: Watch, credentials: Callable[[str], None]
) -> None:
    origin.pages["/x"] = Page(b"[]", headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/x", by="job", credentials="some-key")
    assert (await feed.read())["state"] == "not configured"
    await asyncio.sleep(jobs.PULL_SECONDS + 0.5)
    assert origin.asked == []
    credentials('{"some-key": {"kind": "header", "value": "x"}}')
    await _until(feed, "ok")
    credentials('{"some-key": {"kind": "header", "value": 5')
    await _until(feed, "not configured")


async def _until(feed: Fetching, state: str) -> None:
    """Wait for the job to have come by."""
    for _ in range(100):
        if (await feed.read())["state"] == state:
            return
        await asyncio.sleep(0.1)
    assert (await feed.read())["state"] == state


async def test_a_feed_is_fetched_by_one_process_at_a_time(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(b"[" + b" " * 20 + b"]", headers={"Content-Type": "application/json"}, drip=0.03)
    feed = await watch(f"{origin.url}/x")
    await asyncio.gather(*(feed.pull() for _ in range(5)))
    assert len(origin.asked) == 1
    assert len(await feed.receipts()) == 1


async def test_what_our_own_code_stumbles_over_keeps_no_other_feed_from_being_fetched(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(b"[]", headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/x")

    with mock.patch.object(pulling, "receive_delivery", side_effect=LookupError("exercise")):
        assert "our mistake" in (await feed.pull())["health"]["last_error"]
    assert (await feed.pull())["health"]["last_error"] is None


async def test_the_job_fetches_what_is_due(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(json.dumps([row(1)]).encode(), headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/x", by="job")
    await _until(feed, "ok")
    assert [each["accepted"] for each in await feed.receipts()] == [1]
