"""Refusals at the door: counted for strangers and for haste, a row each for those who are known (settled.md 7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import OperationalError

from chassis.audit import Trail
from chassis.database import Database
from chassis.refusals import MOST_COUNTED, OTHERS, Refusals
from tests.services.gateway.people import Door, token_of

Rows = list[dict[str, Any]]


class KeptTrail(Trail):
    """Remembers what was written, and can be away."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.rows: Rows = []
        self.away: Exception | None = None

    async def record(self, row: dict[str, Any]) -> None:
        """As the trail's own, without the disk."""
        if self.away is not None:
            raise self.away
        self.rows.append(row)


@pytest.fixture
def kept(door: Door) -> Iterator[KeptTrail]:
    """What the gateway's door writes while the test runs."""
    refusals: Refusals = door.app.state.refusals
    before, refusals._trail = refusals._trail, KeptTrail(door.app.state.database)
    yield refusals._trail
    refusals._trail = before


async def flushed(door: Door, kept: KeptTrail) -> list[tuple[str, str, list[str], str]]:
    await door.app.state.refusals.flush()
    return [(row["operation"], row["actor"], row["ids"], row["outcome"]) for row in kept.rows]


async def test_strangers_are_counted_by_address(door: Door, kept: KeptTrail) -> None:
    await flushed(door, kept)
    kept.rows.clear()
    for _ in range(3):
        assert (await door.http.get("/v1/clients")).status_code == 401
    nobody = {"client_id": "nobody", "client_secret": "wrong"}
    assert (await door.try_token(nobody)).status_code == 401
    assert (await door.http.get("/v1/calendar-feeds/guess.ics")).status_code == 404
    assert kept.rows == []
    told = ("refuseUnauthenticated", "unauthenticated")
    assert sorted(await flushed(door, kept)) == [
        (*told, ["127.0.0.1", "1"], "404"),
        (*told, ["127.0.0.1", "4"], "401"),
    ]
    kept.rows.clear()
    assert await flushed(door, kept) == []


async def test_a_page_that_is_not_there_is_counted_for_nobody(door: Door, kept: KeptTrail) -> None:
    await flushed(door, kept)
    kept.rows.clear()
    await door.http.get("/no-such-page.js")
    assert await flushed(door, kept) == []


async def test_who_is_too_fast_is_counted_by_name(door: Door, kept: KeptTrail) -> None:
    client = await door.client("auditor")
    headers = {"authorization": f"Bearer {await token_of(door.http, client)}"}
    principal = (await door.app.state.doorkeeper.admit(headers["authorization"][7:], None)).principal
    await flushed(door, kept)
    kept.rows.clear()
    for _ in range(2):
        await door.app.state.refusals.note(principal, 429)
    assert await flushed(door, kept) == [("refuseOverLimit", client["client_id"], ["2"], "429")]


async def test_a_scope_that_does_not_do_is_a_row_at_once(door: Door, kept: KeptTrail) -> None:
    client = await door.client("auditor")
    form = {"grant_type": "client_credentials", "scope": "read"}
    form |= {name: client[name] for name in ("client_id", "client_secret")}
    token = (await door.http.post("/oauth2/token", data=form)).json()["access_token"]
    kept.rows.clear()
    headers = {"authorization": f"Bearer {token}"}
    assert (await door.http.post("/v1/clients", json={}, headers=headers)).status_code == 403
    told = [(row["operation"], row["actor"], row["outcome"]) for row in kept.rows]
    assert told == [("refuseAtDoor", client["client_id"], "403")]
    assert kept.rows[0]["request_id"]


async def test_what_cannot_be_written_is_counted_on(door: Door, kept: KeptTrail) -> None:
    await flushed(door, kept)
    kept.rows.clear()
    await door.http.get("/v1/clients")
    kept.away = OperationalError("away")
    with pytest.raises(OperationalError):
        await flushed(door, kept)
    kept.away = None
    await door.http.get("/v1/clients")
    told = ("refuseUnauthenticated", "unauthenticated", ["127.0.0.1", "2"], "401")
    assert await flushed(door, kept) == [told]


async def test_more_addresses_than_fit_are_counted_as_one(door: Door, kept: KeptTrail) -> None:
    refusals = Refusals(kept)
    for number in range(MOST_COUNTED + 5):
        refusals.count_stranger(f"2001:db8::{number:x}", 401)
    await refusals.flush()
    [others] = [row for row in kept.rows if row["ids"][0] == OTHERS]
    assert others["ids"] == [OTHERS, "5"]
    assert len(kept.rows) == MOST_COUNTED + 1


def test_the_counted_are_written_each_minute_and_when_the_gateway_ends(door: Door) -> None:
    [task] = [each for each in door.app.state.runner.work if each.name == "counted refusals"]
    assert (task.work, task.close) == (door.app.state.refusals.flush,) * 2
    assert task.every == 60
