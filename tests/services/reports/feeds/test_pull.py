"""Feeds that are fetched, from a real server: conditions, back-off, bounds, redirects, crashes, several processes at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.errors import Problem
from chassis.principal import system_principal
from services.reports import jobs
from services.reports.feeds.actions import settle_credentials
from services.reports.feeds.actions.fetching import Bounds, Fetcher, client
from services.reports.feeds.actions.pulling import Puller, due_feeds, media_type_of
from services.reports.feeds.adapters import ADAPTERS
from services.reports.feeds.rules import LONGEST_PAUSE, next_pull, retry_at
from services.reports.feeds.tables import Feed
from services.reports.settings import ReportsSettings
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.feeds.origin import Origin, Page, serve
from tests.services.reports.feeds.test_cap import alert
from tests.services.reports.feeds.test_hostile import packed

Json = dict[str, Any]
SYSTEM = system_principal("reports")
BOUNDS = Bounds(seconds=20, max_bytes=1_000_000, allow_loopback=True)
AT = datetime(2026, 3, 1, tzinfo=UTC)


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

    async def pull(self, deliver: Any = jobs.deliver, bounds: Bounds = BOUNDS) -> Json:
        """Fetch it now, whether due or not, and give the feed as it is then."""
        held = self.settings.read_credentials()
        async with self.database.transaction(SYSTEM) as session:
            await settle_credentials(session, held.keys())
            feed = await session.get_one(Feed, self.feed)
            feed.health.next_pull_at = now() - timedelta(seconds=1)
        async with client() as http:
            await Puller(self.database, SYSTEM, http, bounds, deliver).pull(self.feed, held.get(feed.credentials or ""))
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

    async def deliver(session: AsyncSession, feed_id: str, media_type: str, body: bytes) -> None:
        if len(await feed.receipts()) == 1:
            raise Crash
        await jobs.deliver(session, feed_id, media_type, body)

    with pytest.raises(Crash):
        await feed.pull(deliver)
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


async def test_a_server_that_sends_a_byte_a_minute_is_given_up(origin: Origin, watch: Watch) -> None:
    origin.pages["/slow"] = Page(b"[" + b" " * 1000 + b"]", headers={"Content-Type": "application/json"}, drip=0.2)
    feed = await watch(f"{origin.url}/slow")
    began = asyncio.get_running_loop().time()
    slow = await feed.pull(bounds=Bounds(seconds=1.0, max_bytes=1_000_000, allow_loopback=True))
    assert "did not arrive within 1 seconds" in slow["health"]["last_error"]
    assert asyncio.get_running_loop().time() - began < 5


async def test_a_document_over_the_limit_is_given_up(origin: Origin, watch: Watch) -> None:
    origin.pages["/big"] = Page(b"[" + b" " * 2_000_000 + b"]", headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/big")
    assert "At most 1,000,000 bytes" in (await feed.pull())["health"]["last_error"]
    origin.pages["/big"] = Page(b"\x1f\x8b", headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})
    assert "packs what was asked for unpacked" in (await feed.pull())["health"]["last_error"]


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/x", "http://169.254.169.254/latest/meta-data", "ftp://127.0.0.1/x", "http://[fd00::1]/"]
)
async def test_a_redirect_into_a_private_network_is_not_followed(origin: Origin, watch: Watch, target: str) -> None:
    origin.pages["/away"] = Page(status=302, headers={"Location": target})
    feed = await watch(f"{origin.url}/away")
    assert "This address is not called" in (await feed.pull())["health"]["last_error"]
    assert origin.paths() == ["/away"]


async def test_loopback_is_refused_unless_allowed_and_at_every_step(origin: Origin) -> None:
    """The same for what an index names: each document is resolved by itself."""
    async with client() as http:
        with pytest.raises(Problem, match="It is not an https address"):
            await Fetcher(http, Bounds(5, 1000, False), origin.url, None).fetch(origin.url)
        with pytest.raises(Problem, match="private or reserved"):
            await Fetcher(http, Bounds(5, 1000, False), origin.url, None).fetch("https://127.0.0.1/x")
    assert origin.asked == []


async def test_redirects_are_followed_and_a_circle_of_them_is_not(origin: Origin, watch: Watch) -> None:
    origin.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    origin.pages["/b"] = Page(b"[]", headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/a")
    assert (await feed.pull())["state"] == "ok"
    origin.pages["/b"] = Page(status=302, headers={"Location": "/a"})
    assert "without an end" in (await feed.pull())["health"]["last_error"]


@pytest.fixture
def credentials(tmp_path: Path, reports: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the file of credentials that the service reads."""
    path = tmp_path / "credentials.json"

    def write(held: str) -> None:
        path.write_text(held)
        monkeypatch.setattr(reports.app.state.settings, "feed_credentials", path)

    return write


async def test_credentials_go_to_the_feeds_own_host_and_nowhere_else(
    origin: Origin, watch: Watch, credentials: Callable[[str], None]
) -> None:
    with serve() as other:
        origin.pages["/x"] = Page(status=302, headers={"Location": f"{other.url}/y"})
        other.pages["/y"] = Page(b"[]", headers={"Content-Type": "application/json"})
        held = {"key": {"kind": "header", "value": "Bearer s3cret"}, "name": {"kind": "parameter", "name": "appname", "value": "s3cret"}}
        credentials(json.dumps(held))
        feed = await watch(f"{origin.url}/x", credentials="key")
        assert (await feed.pull())["state"] == "ok"
        assert origin.asked[0][1]["authorization"] == "Bearer s3cret"
        assert "authorization" not in other.asked[0][1]
        asked = await watch(f"{origin.url}/x?limit=5", credentials="name")
        await asked.pull()
        assert origin.asked[-1][0] == "/x?limit=5&appname=s3cret"
        assert other.asked[-1][0] == "/y"


async def test_a_token_is_asked_for_and_a_refusal_does_not_show_what_was_sent(
    origin: Origin, watch: Watch, credentials: Callable[[str], None]
) -> None:
    held = {"kind": "oauth-password", "token_url": f"{origin.url}/token", "client_id": "acled", "username": "u", "password": "s3cret"}
    credentials(json.dumps({"acled": held}))
    origin.pages["/token"] = Page(b'{"access_token": "t0ken"}', headers={"Content-Type": "application/json"})
    origin.pages["/read"] = Page(b'{"data": []}', headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/read", adapter="acled", credentials="acled")
    assert (await feed.pull())["state"] == "ok"
    assert origin.asked[1][1]["authorization"] == "Bearer t0ken"
    origin.pages["/token"] = Page(b"s3cret", status=401)
    refused = await feed.pull()
    assert refused["health"]["last_error"].endswith("The credentials were refused: the server answered 401.")
    assert "s3cret" not in json.dumps(refused)


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

    async def stumble(*_: Any) -> None:
        raise LookupError("exercise")

    assert "our mistake" in (await feed.pull(stumble))["health"]["last_error"]
    assert (await feed.pull())["health"]["last_error"] is None


def test_a_server_that_does_not_say_what_it_serves_is_read_as_the_adapter_reads_first() -> None:
    assert media_type_of(ADAPTERS["gdelt-events"], "application/octet-stream") == "application/zip"
    assert media_type_of(ADAPTERS["cap"], "text/xml") == "application/xml"
    assert media_type_of(ADAPTERS["ucdp-ged"], "text/plain") == "text/csv"


async def test_the_job_fetches_what_is_due(origin: Origin, watch: Watch) -> None:
    origin.pages["/x"] = Page(json.dumps([row(1)]).encode(), headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/x", by="job")
    await _until(feed, "ok")
    assert [each["accepted"] for each in await feed.receipts()] == [1]
