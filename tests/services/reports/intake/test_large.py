"""Large deliveries: acknowledged when they are kept, stored slice by slice in their turn, never wholly in memory (R5)."""

import asyncio
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL

from chassis.principal import system_principal
from chassis.visibility import parameters
from deploy.postgres.bootstrap import DatabaseUrls
from services.reports.intake.actions.judging import SLICE_ROWS
from services.reports.intake.actions.receiving import AT_ONCE_BYTES, AT_ONCE_ROWS
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
FEED = "unct-kgz"
NDJSON = "application/x-ndjson"


@pytest.fixture
def kyrgyz_team(desk: Make) -> Desk:
    """A feed that no other test speaks for: what it keeps waiting waits for it alone."""
    return desk("feed", client_id=FEED, organization=FEED)


def lines(rows: list[Json]) -> bytes:
    """The rows as newline-delimited JSON."""
    return b"\n".join(json.dumps(row).encode() for row in rows)


def large(row: Row, number: int = 400) -> list[Json]:
    """Rows that are together over the limit of what is stored at once."""
    return [row(country="KGZ", text="Ж" * 10_000) for _ in range(number)]


async def completed(team: Desk, receipt: Json, status: str = "completed") -> Json:
    """The receipt once it has that status; on the way the counts only rise."""
    before = receipt
    for _ in range(600):
        now = await team.get(f"/submissions/{receipt['id']}")
        assert now["received"] >= before["received"]
        assert now["read_bytes"] >= before["read_bytes"]
        if now["status"] == status:
            return now
        before = now
        await asyncio.sleep(0.1)
    raise AssertionError(before)


async def test_r5_a_large_delivery_is_acknowledged_when_kept_and_stored_to_the_last_row(kyrgyz_team: Desk, analyst: Desk, row: Row) -> None:
    rows = large(row)
    body = lines([*rows, *rows[:3], {"external_id": "bad"}, rows[0] | {"title": "corrected"}])
    assert len(body) > AT_ONCE_BYTES
    answer = await kyrgyz_team.send(FEED, body, NDJSON)
    assert (answer.status_code, answer.json()["status"], answer.json()["size"]) == (202, "received", len(body))
    again = await kyrgyz_team.send(FEED, body, NDJSON)
    assert again.json()["id"] == answer.json()["id"]
    receipt = await completed(kyrgyz_team, answer.json())
    assert [receipt[name] for name in ("received", "accepted", "duplicate", "rejected")] == [405, 401, 3, 1]
    assert receipt["read_bytes"] == receipt["size"]
    refused = (await kyrgyz_team.get(f"/submissions/{receipt['id']}/rejections"))["items"]
    assert [(each["row"], each["line"]) for each in refused] == [(404, 404)]
    assert (await analyst.observation_of(rows[0]))["title"] == "corrected"


async def test_what_is_stored_of_a_large_delivery_is_announced_as_it_goes_on(
    kyrgyz_team: Desk, row: Row, databases: dict[str, DatabaseUrls]
) -> None:
    answer = await kyrgyz_team.send(FEED, lines(large(row, 800)), NDJSON)
    receipt = await completed(kyrgyz_team, answer.json())
    query = "select type, event->'data' from outbox where event->'data'->>'id' = %s and type like 'reports.intake.%%' order by seq"
    with psycopg.connect(databases["reports"].owner_url.replace("+psycopg", "")) as connection:
        told = connection.execute(query, [receipt["id"]]).fetchall()
    advanced = [said for kind, said in told if kind == "reports.intake.advanced.v1"]
    assert [kind for kind, _ in told] == ["reports.intake.advanced.v1"] * len(advanced) + ["reports.intake.accepted.v1"]
    read = [each["read_bytes"] for each in advanced]
    assert len(read) > 1
    assert read == sorted(set(read)), "each says more than the one before"
    assert all(0 < each["accepted"] <= 800 and each["size"] == receipt["size"] for each in advanced)


async def test_r5_what_comes_later_does_not_overtake(kyrgyz_team: Desk, analyst: Desk, row: Row) -> None:
    rows = large(row)
    first = await kyrgyz_team.send(FEED, lines(rows), NDJSON)
    corrected = await kyrgyz_team.deliver(FEED, [rows[-1] | {"title": "corrected"}])
    assert corrected["status"] == "received"
    await completed(kyrgyz_team, first.json())
    assert (await completed(kyrgyz_team, corrected))["accepted"] == 1
    assert (await analyst.observation_of(rows[-1]))["title"] == "corrected"


async def test_r5_many_short_rows_are_stored_in_turns(kyrgyz_team: Desk) -> None:
    number = AT_ONCE_ROWS + 5_000
    answer = await kyrgyz_team.send(FEED, b"1\n" * number, NDJSON)
    assert answer.json()["received"] == AT_ONCE_ROWS
    receipt = await completed(kyrgyz_team, answer.json())
    assert (receipt["received"], receipt["rejected"]) == (number, number)
    rows = []
    page: Json = {"next": ""}
    while page["next"] is not None and len(rows) < 400:
        cursor = {"cursor": page["next"]} if page["next"] else {}
        page = await kyrgyz_team.get(f"/submissions/{receipt['id']}/rejections", limit=200, **cursor)
        rows += [each["row"] for each in page["items"]]
    assert rows == list(range(1, 401))


async def test_a_document_that_must_be_read_whole_has_a_limit(kyrgyz_team: Desk) -> None:
    answer = await kyrgyz_team.send(FEED, b"[" + b" " * 33 * 1024 * 1024 + b"]")
    assert answer.status_code == 413
    assert "32 MiB" in answer.json()["detail"] or "33,554,432" in answer.json()["detail"]


async def test_a_large_delivery_that_is_none_is_refused_at_once(kyrgyz_team: Desk) -> None:
    answer = await kyrgyz_team.send(FEED, b"no,such,column\n" + b"1,2,3\n" * 2_000_000, "text/csv")
    assert answer.status_code == 422


async def test_r5_what_could_not_be_stored_is_kept_and_tried_again_by_a_person(
    kyrgyz_team: Desk, desk: Make, row: Row, databases: dict[str, DatabaseUrls]
) -> None:
    first = (await kyrgyz_team.send(FEED, lines(large(row)), NDJSON)).json()
    told = lines([row(country="KGZ")])
    second = (await kyrgyz_team.send(FEED, told, NDJSON)).json()
    spoil(databases, second["id"], b"no longer what was sent")
    await completed(kyrgyz_team, first)
    failed = await completed(kyrgyz_team, second, "failed")
    assert failed["failure"]
    administrator = desk("administrator")
    await kyrgyz_team.post(f"/submissions/{second['id']}/retry", status=403)
    await administrator.post(f"/submissions/{first['id']}/retry", status=409)
    spoil(databases, second["id"], zlib.compress(told))
    await administrator.post(f"/submissions/{second['id']}/retry")
    receipt = await completed(kyrgyz_team, second)
    assert (receipt["accepted"], receipt["failure"]) == (1, None)


async def test_r5_no_slice_is_stored_before_the_one_that_failed(
    kyrgyz_team: Desk, desk: Make, row: Row, databases: dict[str, DatabaseUrls]
) -> None:
    told = [row(country="KGZ", title=title) for title in ("first", "stumbles", "last")]
    at_once = b"1\n" * AT_ONCE_ROWS
    body = at_once + b"".join(lines([each]) + b"\n" + b"1\n" * (SLICE_ROWS - 1) for each in told)
    with stumbling(databases, told[1]["external_id"]):
        failed = await completed(kyrgyz_team, (await kyrgyz_team.send(FEED, body, NDJSON)).json(), "failed")
        assert (failed["received"], failed["accepted"]) == (AT_ONCE_ROWS + SLICE_ROWS, 1)
        assert stored(databases, told) == [told[0]["external_id"]]
    await desk("administrator").post(f"/submissions/{failed['id']}/retry")
    receipt = await completed(kyrgyz_team, failed)
    assert (receipt["received"], receipt["accepted"]) == (AT_ONCE_ROWS + 3 * SLICE_ROWS, 3)
    assert stored(databases, told) == [each["external_id"] for each in told]


@contextmanager
def stumbling(databases: dict[str, DatabaseUrls], external_id: str) -> Iterator[None]:
    """The database refuses one row meanwhile."""
    with psycopg.connect(databases["reports"].owner_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("create function stumble() returns trigger language plpgsql as $$ begin raise 'stumbled'; end $$")
        when = SQL("new.external_id = {}").format(external_id)
        trigger = SQL("create trigger stumble before insert on observations for each row when ({}) execute function stumble()")
        connection.execute(trigger.format(when))
        try:
            yield
        finally:
            connection.execute("drop trigger stumble on observations")
            connection.execute("drop function stumble()")


def stored(databases: dict[str, DatabaseUrls], told: list[Json]) -> list[str]:
    """The rows that are stored, in their order."""
    keys = [each["external_id"] for each in told]
    with psycopg.connect(databases["reports"].owner_url.replace("+psycopg", "")) as connection:
        for name, value in parameters(system_principal("reports")).items():
            connection.execute("select set_config(%s, %s, true)", [name, value])
        found = connection.execute("select external_id from observations where external_id = any(%s) order by row", [keys])
        return [key for (key,) in found]


def spoil(databases: dict[str, DatabaseUrls], submission: str, part: bytes) -> None:
    """Put other bytes in the place of those that are kept."""
    with psycopg.connect(databases["reports"].owner_url.replace("+psycopg", "")) as connection:
        done = connection.execute("update delivery_parts set bytes = %s where submission_id = %s", (part, submission))
        assert done.rowcount == 1
