"""What a fetch may take and where it may go: bounds, redirects, private networks, credentials."""

import asyncio
import json
from collections.abc import Callable

import pytest

from chassis.errors import Problem
from services.reports.feeds.adapters import ADAPTERS
from services.reports.pulling.actions.fetching import Bounds, Fetcher
from services.reports.pulling.actions.pulling import media_type_of
from tests.services.reports.feeds.conftest import Watch
from tests.services.reports.feeds.origin import Origin, Page, serve


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
    with pytest.raises(Problem, match="It is not an https address"):
        await Fetcher(Bounds(5, 1000, False), origin.url, None).fetch(origin.url)
    with pytest.raises(Problem, match="private or reserved"):
        await Fetcher(Bounds(5, 1000, False), origin.url, None).fetch("https://127.0.0.1/x")
    assert origin.asked == []


async def test_redirects_are_followed_and_a_circle_of_them_is_not(origin: Origin, watch: Watch) -> None:
    origin.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    origin.pages["/b"] = Page(b"[]", headers={"Content-Type": "application/json"})
    feed = await watch(f"{origin.url}/a")
    assert (await feed.pull())["state"] == "ok"
    origin.pages["/b"] = Page(status=302, headers={"Location": "/a"})
    assert "without an end" in (await feed.pull())["health"]["last_error"]


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


def test_a_server_that_does_not_say_what_it_serves_is_read_as_the_adapter_reads_first() -> None:
    assert media_type_of(ADAPTERS["gdelt-events"], "application/octet-stream") == "application/zip"
    assert media_type_of(ADAPTERS["cap"], "text/xml") == "application/xml"
    assert media_type_of(ADAPTERS["ucdp-ged"], "text/plain") == "text/csv"
