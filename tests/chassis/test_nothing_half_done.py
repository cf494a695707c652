"""What is refused or fails leaves nothing behind: no row, no event, no kept answer; and nobody forges a cursor or skips If-Match."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg
import pytest

from deploy.postgres.bootstrap import DatabaseUrls
from deploy.postgres.server import PostgresAddress
from tests.clients import Headers

PARTY = {"kind": "government", "name": "Half done", "countries": ["KAZ"]}
# These move by themselves: other services' events, and their marks.
MOVING = {"inbox", "watermarks", "places", "audit_seals", "incident_records"}
HOSTILE: dict[str, bytes] = {
    "broken JSON": b'{"kind": "government", "name": "Half done", ',
    "not UTF-8": b'{"kind": "government", "name": "\xff\xfe", "countries": ["KAZ"]}',
    "a null character": b'{"kind": "government", "name": "Half\\u0000done", "countries": ["KAZ"]}',
    "half a surrogate": b'{"kind": "government", "name": "\\ud800", "countries": ["KAZ"]}',
    "an unknown field": b'{"kind": "government", "name": "Half done", "countries": ["KAZ"], "state": "x"}',
    "a bomb of brackets": b"[" * 200_000,
    "a number without end": b'{"kind": "government", "name": ' + b"9" * 1_000_000 + b"}",
    "a list of them": json.dumps([PARTY] * 3).encode(),
}


@pytest.fixture
def officer(as_: Callable[..., Headers]) -> Headers:
    return as_("political-officer") | {"content-type": "application/json"}


class Books:
    """Liaison's tables, counted from outside."""

    def __init__(self, postgres: PostgresAddress, urls: DatabaseUrls) -> None:
        self.url = postgres.url(urls.app_url.rsplit("/", 1)[1]).replace("+psycopg", "")

    def count(self) -> Counter[str]:
        """Rows of every table that requests write to."""
        with psycopg.connect(self.url) as connection:
            names = connection.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
            tables = [name for (name,) in names.fetchall() if name not in MOVING]
            return Counter({name: self._rows(connection, name) for name in tables})

    @staticmethod
    def _rows(connection: psycopg.Connection, name: str) -> int:
        row = connection.execute(f'select count(*) from "{name}"'.encode()).fetchone()
        assert row
        return int(row[0])

    @contextmanager
    def audit_refuses(self, operation: str) -> Iterator[None]:
        """The audit trail cannot be written, as on a full disk, for one operation."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("create function refuse() returns trigger language plpgsql as 'begin raise exception ''no room''; end'")
            trigger = (
                f"create trigger refuse before insert on audit for each row when (new.operation = '{operation}') execute function refuse()"
            )
            connection.execute(trigger.encode())
            try:
                yield
            finally:
                connection.execute("drop function refuse() cascade")


@pytest.fixture
def books(postgres_address: PostgresAddress, databases: dict[str, DatabaseUrls]) -> Books:
    return Books(postgres_address, databases["liaison"])


@pytest.mark.parametrize("what", HOSTILE)
async def test_a_hostile_body_leaves_nothing_but_its_audit_row(
    liaison: httpx.AsyncClient, officer: Headers, books: Books, what: str
) -> None:
    before = books.count()
    answer = await liaison.post("/v1/parties", content=HOSTILE[what], headers=officer | {"idempotency-key": what})
    assert answer.status_code in (400, 422), answer.text[:300]
    assert books.count() - before <= Counter(audit=1)
    assert before - books.count() == Counter()


async def test_work_whose_audit_row_cannot_be_written_is_not_done(liaison: httpx.AsyncClient, officer: Headers, books: Books) -> None:
    headers = officer | {"idempotency-key": "not audited"}
    before = books.count()
    with books.audit_refuses("registerParty"):
        failed = await liaison.post("/v1/parties", json=PARTY, headers=headers)
        assert (failed.status_code, failed.json()["type"].rsplit("/", 1)[-1]) == (500, "internal-error")
        assert "no room" not in failed.text
        assert books.count() == before
    done = await liaison.post("/v1/parties", json=PARTY, headers=headers)
    assert done.status_code == 201
    assert (books.count() - before)["parties"] == 1


async def test_what_cannot_be_audited_is_not_shown(liaison: httpx.AsyncClient, officer: Headers, books: Books) -> None:
    made = (await liaison.post("/v1/parties", json=PARTY, headers=officer)).json()
    with books.audit_refuses("readParty"):
        assert (await liaison.get(f"/v1/parties/{made['id']}", headers=officer)).status_code == 500
    assert (await liaison.get(f"/v1/parties/{made['id']}", headers=officer)).json()["name"] == PARTY["name"]


async def test_an_edit_without_if_match_changes_nothing(liaison: httpx.AsyncClient, officer: Headers) -> None:
    made = await liaison.post("/v1/parties", json=PARTY, headers=officer)
    address, body = f"/v1/parties/{made.json()['id']}", PARTY | {"name": "Renamed"}
    refused = await liaison.put(address, json=body, headers=officer)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (428, "precondition-required")
    assert (await liaison.get(address, headers=officer)).json()["name"] == PARTY["name"]
    edited = await liaison.put(address, json=body, headers=officer | {"if-match": made.headers["etag"]})
    assert edited.status_code == 200, edited.text
    assert edited.json()["name"] == "Renamed"


def forged(cursor: str) -> dict[str, str]:
    """Cursors that somebody made out of a good one."""
    raw = base64.urlsafe_b64decode(cursor)
    position, binding = json.loads(raw[16:])
    elsewhere = json.dumps(["01000000-0000-7000-8000-000000000000", binding]).encode()
    parts: dict[str, bytes] = {
        "another place under the old signature": raw[:16] + elsewhere,
        "another signature": bytes([raw[0] ^ 1]) + raw[1:],
        "no signature": bytes(16) + raw[16:],
        "half of it": raw[: len(raw) // 2],
        "a place that is no key": raw[:16] + json.dumps([position + "'", binding]).encode(),
    }
    return {trick: base64.urlsafe_b64encode(part).decode() for trick, part in parts.items()}


async def test_a_forged_cursor_is_refused_and_the_given_one_goes_on(
    liaison: httpx.AsyncClient, officer: Headers, as_: Callable[..., Headers]
) -> None:
    for _ in range(2):
        await liaison.post("/v1/parties", json=PARTY, headers=officer)
    page: Any = (await liaison.get("/v1/parties?limit=1", headers=officer)).json()
    for trick, cursor in forged(page["next"]).items():
        refused = await liaison.get("/v1/parties", params={"limit": 1, "cursor": cursor}, headers=officer)
        assert refused.status_code == 422, trick
    other = await liaison.get("/v1/parties", params={"limit": 1, "cursor": page["next"]}, headers=as_("analyst"))
    assert other.status_code == 422, "a cursor is its reader's own"
    following = await liaison.get("/v1/parties", params={"limit": 1, "cursor": page["next"]}, headers=officer)
    assert following.status_code == 200
    assert following.json()["items"][0]["id"] < page["items"][0]["id"]
