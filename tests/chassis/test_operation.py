"""What every operation keeps, shown at liaison's parties: keys, ETags, cursors, problems."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.clients import Headers

PARTY = {"kind": "government", "name": "Ministry", "countries": ["KAZ"]}


@pytest.fixture
def officer(as_: Callable[..., Headers]) -> Headers:
    """A political officer's headers."""
    return as_("political-officer")


async def test_the_same_key_at_the_same_moment_creates_one(liaison: httpx.AsyncClient, officer: Headers) -> None:
    headers = officer | {"idempotency-key": "twenty-at-once"}
    answers = await asyncio.gather(*(liaison.post("/v1/parties", json=PARTY, headers=headers) for _ in range(20)))
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert (await liaison.post("/v1/parties", json=PARTY, headers=headers)).json()["id"] in made


async def test_a_key_repeats_the_first_answer_and_refuses_another_body(liaison: httpx.AsyncClient, officer: Headers) -> None:
    headers = officer | {"idempotency-key": "a-key-of-mine"}
    first, again = [await liaison.post("/v1/parties", json=PARTY, headers=headers) for _ in range(2)]
    assert first.status_code == again.status_code == 201
    assert (first.json(), first.headers["etag"]) == (again.json(), again.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    other = await liaison.post("/v1/parties", json=PARTY | {"name": "other"}, headers=headers)
    assert other.status_code == 422
    assert other.json()["type"].endswith("/idempotency-key-reused")


async def test_a_stale_etag_is_refused_and_the_fresh_one_passes(liaison: httpx.AsyncClient, officer: Headers) -> None:
    body = {"country": "KAZ", "parties": [], "party_kinds": ["other-party"], "themes": ["border"], "basis": "oral"}
    dates = {"valid_from": "2030-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z"}
    made = await liaison.post("/v1/concurrences", json=body | dates, headers=officer)
    grant = f"/v1/concurrences/{made.json()['id']}/grant"
    stale = await liaison.post(grant, headers=officer | {"if-match": '"7"'})
    assert stale.status_code == 412
    fresh = await liaison.post(grant, headers=officer | {"if-match": made.headers["etag"]})
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != made.headers["etag"]


async def test_a_walk_during_inserts_skips_and_repeats_nothing(liaison: httpx.AsyncClient, officer: Headers) -> None:
    mine = {(await liaison.post("/v1/parties", json=PARTY | {"name": "walk"}, headers=officer)).json()["id"] for _ in range(7)}
    seen: list[str] = []
    address: str | None = "/v1/parties?limit=2&q=walk"
    while address:
        page = (await liaison.get(address, headers=officer)).json()
        seen += [each["id"] for each in page["items"]]
        await liaison.post("/v1/parties", json=PARTY | {"name": "walk"}, headers=officer)
        address = f"/v1/parties?limit=2&q=walk&cursor={page['next']}" if page["next"] else None
    assert len(seen) == len(set(seen))
    assert mine <= set(seen)


async def test_a_cursor_holds_for_its_own_filters_only(liaison: httpx.AsyncClient, officer: Headers) -> None:
    for _ in range(2):
        await liaison.post("/v1/parties", json=PARTY, headers=officer)
    cursor = (await liaison.get("/v1/parties?limit=1&kind=government", headers=officer)).json()["next"]
    assert (await liaison.get(f"/v1/parties?limit=1&kind=government&cursor={cursor}", headers=officer)).status_code == 200
    for other in (f"kind=other-party&cursor={cursor}", "cursor=nonsense", "cursor=%00", "limit=0"):
        refused = await liaison.get(f"/v1/parties?{other}", headers=officer)
        assert refused.status_code == 422, other
        assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b'{"kind": "\xe9"}', 400, None),
        (b'{"kind": "government", "name": "a\\u0000b", "countries": ["KAZ"]}', 422, ""),
        (b'{"kind": "government", "name": "\\ud800", "countries": ["KAZ"]}', 422, ""),
        (b'{"kind": "government", "name": "x", "countries": ["XXX"]}', 422, "/countries/0"),
        (b'{"kind": "king", "name": "x", "countries": ["KAZ"]}', 422, "/kind"),
        (b'{"kind": "government", "name": "x", "countries": ["KAZ"], "extra": 1}', 422, ""),
        (b'{"kind": "government", "name": "x", "countries": ["KAZ"], "label": {"tlp": ["RED", "CLEAR"]}}', 422, "/label/tlp"),
        (b'{"kind": "government", "name": ' + b"9" * 500_000 + b', "countries": ["KAZ"]}', 400, None),
        (b'{"kind": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, None),
        (b"[]", 422, ""),
        (b"", 422, ""),
    ],
)
async def test_bad_bodies_get_a_problem_that_names_the_place(
    liaison: httpx.AsyncClient, officer: Headers, body: bytes, status: int, pointer: str | None
) -> None:
    answer = await liaison.post("/v1/parties", content=body, headers=officer | {"content-type": "application/json"})
    assert answer.status_code == status, answer.text[:500]
    problem = answer.json()
    assert {"type", "title", "status", "detail", "request_id"} <= set(problem)
    if pointer is not None:
        assert pointer in [each["pointer"] for each in problem["errors"]]


async def test_a_body_over_the_limit_is_refused_before_it_is_read(liaison: httpx.AsyncClient, officer: Headers) -> None:
    async def endless() -> Any:
        for _ in range(1000):
            yield b"x" * 1_000_000

    answer = await liaison.post("/v1/parties", content=endless(), headers=officer | {"content-type": "application/json"})
    assert answer.status_code == 413


async def test_slow_senders_keep_nobody_waiting_and_are_answered_in_the_end(liaison: httpx.AsyncClient, officer: Headers) -> None:
    begin, rest = json.dumps(PARTY).encode()[:10], json.dumps(PARTY).encode()[10:]
    go_on = asyncio.Event()

    async def slow() -> Any:
        yield begin
        await go_on.wait()
        yield rest

    headers = officer | {"content-type": "application/json"}
    # More of them than the database gives connections.
    senders = [asyncio.ensure_future(liaison.post("/v1/parties", content=slow(), headers=headers)) for _ in range(30)]
    async with asyncio.timeout(5):
        assert (await liaison.get("/v1/parties?limit=1", headers=officer)).status_code == 200
    go_on.set()
    assert [answer.status_code for answer in await asyncio.gather(*senders)] == [201] * 30


async def test_who_goes_away_before_the_end_of_a_body_leaves_nothing(liaison: httpx.AsyncClient, officer: Headers) -> None:
    name = "left in the middle"
    messages = iter([{"type": "http.request", "body": b'{"kind": "government", "name": "' + name.encode(), "more_body": True}])

    async def receive() -> Any:
        return next(messages, {"type": "http.disconnect"})

    async def send(_: Any) -> None:
        raise AssertionError("nobody is there to be answered")

    lines = [(name.encode(), value.encode()) for name, value in (officer | {"content-type": "application/json"}).items()]
    scope = {"type": "http", "method": "POST", "path": "/v1/parties", "headers": lines, "query_string": b"", "http_version": "1.1"}
    await liaison.app(scope, receive, send)  # type: ignore[attr-defined]
    assert (await liaison.get(f"/v1/parties?q={name}", headers=officer)).json()["items"] == []


async def test_no_principal_a_foreign_audience_and_a_role_without_permit_are_refused(
    liaison: httpx.AsyncClient, as_: Callable[..., Headers]
) -> None:
    assert (await liaison.get("/v1/parties")).status_code == 401
    assert (await liaison.get("/v1/parties", headers=as_("political-officer", service="reports"))).status_code == 401
    assert (await liaison.get("/v1/parties", headers=as_("partner", organization="osce"))).status_code == 403
    assert (await liaison.get("/v1/parties", headers=as_("political-officer"))).status_code == 200


async def test_r18_what_one_may_not_know_of_looks_like_what_is_not_there(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    label = {"sensitivity": "strictly-confidential"}
    secret = (await liaison.post("/v1/parties", json=PARTY | {"label": label}, headers=as_("political-officer"))).json()["id"]
    low = as_("analyst", access="confidential")
    hidden = await liaison.get(f"/v1/parties/{secret}", headers=low)
    absent = await liaison.get("/v1/parties/01999999-0000-7000-8000-000000000000", headers=low)
    assert hidden.status_code == absent.status_code == 404
    assert {k: v for k, v in hidden.json().items() if k != "request_id"} == {k: v for k, v in absent.json().items() if k != "request_id"}
    assert secret not in {each["id"] for each in (await liaison.get("/v1/parties?limit=200", headers=low)).json()["items"]}


async def test_a_label_above_ones_access_or_for_another_is_refused(liaison: httpx.AsyncClient, as_: Callable[..., Headers]) -> None:
    low = as_("political-officer", access="confidential")
    refused = await liaison.post("/v1/parties", json=PARTY | {"label": {"sensitivity": "strictly-confidential"}}, headers=low)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/label/sensitivity"
    assert (await liaison.post("/v1/parties", json=PARTY, headers=low)).status_code == 201
