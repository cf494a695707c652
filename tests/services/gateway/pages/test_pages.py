"""The web client's files: given small and kept, and nothing but them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.places import PROJECT
from services.gateway.pages.endpoints import Pages
from services.gateway.pages.rules import CLIENT_PAGES
from tests.services.gateway.people import Door

SCRIPT = "assets/app-Ab12Cd34.js"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A built client, served alone."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    for suffix, content in (("", b"plain"), (".br", b"brotli"), (".gz", b"gzip")):
        (tmp_path / f"{SCRIPT}{suffix}").write_bytes(content)
    transport = httpx.ASGITransport(app=Pages(tmp_path))
    async with httpx.AsyncClient(transport=transport, base_url="http://web.test") as client:
        yield client


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br, gzip", "br"), ("gzip;q=0.5", "gzip"), ("identity", None), ("", None), ("br;q=0, gzip", "gzip")],
)
async def test_the_smallest_form_a_browser_takes_is_given(web: httpx.AsyncClient, accepted: str, encoding: str | None) -> None:
    async with web.stream("GET", f"/{SCRIPT}", headers={"accept-encoding": accepted}) as answer:
        content = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert content == {"br": b"brotli", "gzip": b"gzip", None: b"plain"}[encoding]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"


async def test_a_page_is_asked_for_anew_and_not_sent_again(web: httpx.AsyncClient) -> None:
    first = await web.get("/incidents")
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    again = await web.get("/incidents", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/assets/..%2f..%2fetc%2fpasswd", "/.env", "//etc/passwd"])
async def test_nothing_else_is_read(door: Door, path: str) -> None:
    assert (await door.http.get(path)).status_code in (400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_reading_is_taken_at_the_clients_addresses_and_nothing_at_others(door: Door, method: str) -> None:
    own, unknown = [await door.http.request(method, path) for path in ("/incidents", "/oauth/nothing")]
    assert (own.status_code, own.headers["allow"]) == (405, "GET, HEAD")
    assert unknown.status_code == 404
    for answer in (own, unknown):
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_program_is_told_that_nothing_is_there_and_a_person_sees_a_page(door: Door) -> None:
    program = await door.http.get("/nothing-here")
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")
    person = await door.http.get("/nothing-here", headers={"accept": "text/html,*/*"})
    assert (person.status_code, person.text[:15]) == (404, "<!doctype html>")


def test_the_gateway_knows_every_page_of_the_client() -> None:
    source = (PROJECT / "web/src/routes.tsx").read_text()
    paths = re.findall(r'(?:inShell\(|path: )"(/[^"]*)"', source)
    assert len(paths) > 20
    assert {path.split("/")[1] for path in paths} == CLIENT_PAGES


async def test_answers_are_compressed_and_streams_are_not(door: Door) -> None:
    headers = door.headers | {"accept-encoding": "gzip"}
    for _ in range(8):
        await door.client("analyst")
    listed = await door.http.get("/v1/clients", headers=headers)
    assert (listed.status_code, listed.headers["content-encoding"]) == (200, "gzip")
    assert "accept-encoding" in listed.headers["vary"].lower()
