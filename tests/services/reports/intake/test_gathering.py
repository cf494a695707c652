"""Deliveries that come at the same moment are stored together, and each is answered as if it had come alone (R5, R17)."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from chassis.principal import system_principal
from contracts.vocabulary import Sensitivity
from services.reports.feeds.adapters import Row
from services.reports.intake.actions.judging import NotSmall, judge_together
from services.reports.intake.rules import Speaker
from tests.services.reports.conftest import Desk, Make, observation

FEED, AT_ONCE = "unct-tjk", 40
Json = dict[str, Any]


async def send_all(desk: Desk, bodies: list[bytes]) -> list[httpx.Response]:
    """All of them before the first is answered: the first goes alone, those behind it together."""
    return await asyncio.gather(*(desk.send(FEED, body) for body in bodies))


def body(*rows: Any) -> bytes:
    return json.dumps(rows).encode()


async def test_r5_each_of_many_at_once_has_its_own_receipt_observation_event_and_audit_row(
    tajik_team: Desk, analyst: Desk, reports: httpx.AsyncClient
) -> None:
    rows = [observation() for _ in range(AT_ONCE)]
    answers = await send_all(tajik_team, [body(row) for row in rows])
    receipts = [answer.json() for answer in answers]
    assert {answer.status_code for answer in answers} == {202}
    assert all((each["received"], each["accepted"], each["status"]) == (1, 1, "completed") for each in receipts)
    ids = [each["id"] for each in receipts]
    assert len(set(ids)) == AT_ONCE
    for answer, row, receipt in list(zip(answers, rows, receipts, strict=True))[::8]:
        assert answer.headers["location"] == f"/v1/submissions/{receipt['id']}"
        assert (await analyst.observation_of(row))["title"] == row["title"]
    state: Any = reports.app.state  # type: ignore[attr-defined]
    async with state.database.transaction(system_principal("reports")) as session:
        stored = await session.execute(
            text("select submission_id::text, row from observations where submission_id::text = any(:ids)"), {"ids": ids}
        )
        assert sorted(stored.all()) == sorted((each, 1) for each in ids)
        audited = await session.execute(
            text("select ids[1] as ids, request_id from audit where operation = 'submitObservations' and ids[1] = any(:ids)"), {"ids": ids}
        )
        trail = {row.ids: row.request_id for row in audited}
        assert trail == {each: answer.headers["x-request-id"] for each, answer in zip(ids, answers, strict=True)}
        told = await session.execute(
            text("select event->'data'->>'id', type, event->>'requestid' from outbox where event->'data'->>'id' = any(:ids)"), {"ids": ids}
        )
        assert sorted(told.all()) == sorted(
            (each, kind, trail[each]) for each in ids for kind in ("reports.incidents.observed.v1", "reports.intake.accepted.v1")
        )
        query = "select count(distinct recorded_at) from outbox where event->'data'->>'id' = any(:ids)"
        assert (await session.execute(text(query), {"ids": ids})).scalar_one() < AT_ONCE / 4, "they share transactions"


async def test_r5_what_comes_twice_at_once_is_stored_once(tajik_team: Desk, analyst: Desk) -> None:
    row, other = observation(), observation()
    first, *same = [each.json() for each in await send_all(tajik_team, [body(row)] * 20 + [body(row, other), body(other, row)])]
    *same, wider, turned = same
    assert {each["id"] for each in same} == {first["id"]}
    assert first["accepted"] + wider["accepted"] + turned["accepted"] == 2
    assert first["duplicate"] + wider["duplicate"] + turned["duplicate"] == 3
    assert len((await analyst.get("/observations", external_id=row["external_id"]))["items"]) == 1


async def test_r5_versions_that_come_at_once_stand_beside_each_other_in_one_chain(tajik_team: Desk, analyst: Desk) -> None:
    row = observation()
    versions = [row | {"figures": {"deaths": {"best": number}}} for number in range(12)]
    answers = await send_all(tajik_team, [body(observation()), *(body(version) for version in versions)])
    assert sum(answer.json()["accepted"] for answer in answers) == 13
    told = (await analyst.get("/observations", external_id=row["external_id"]))["items"]
    assert len(told) == 12
    assert len([each for each in told if each["superseded_by"] is None]) == 1
    assert {each["supersedes"] for each in told} - {None} == {each["id"] for each in told if each["superseded_by"]}
    assert len({each["incident"] for each in told}) == 1


async def test_refused_rows_and_broken_bodies_harm_no_neighbour(tajik_team: Desk) -> None:
    good, half, broken, empty = (
        body(observation()),
        body(observation(), {"title": "nothing else"}, observation()),
        b'[{"external_id"',
        b"[]",
    )
    many = b"[" + b",".join([b"{}"] * 10_000) + b"]"
    assert len(many) < 32_768
    answers = await send_all(tajik_team, [body(observation()), good, half, broken, empty, many, body(observation())])
    assert [answer.status_code for answer in answers] == [202, 202, 202, 400, 202, 202, 202]
    counts = [(each["received"], each["accepted"], each["rejected"]) for answer in answers if (each := answer.json()).get("id")]
    assert counts == [(1, 1, 0), (1, 1, 0), (3, 2, 1), (0, 0, 0), (10_000, 0, 10_000), (1, 1, 0)]
    refused = (await tajik_team.get(f"/submissions/{answers[2].json()['id']}/rejections"))["items"]
    assert [(each["row"], each["pointer"]) for each in refused] == [(2, "/external_id")]


async def test_a_feed_that_is_held_up_holds_up_no_other(tajik_team: Desk, desk: Make, reports: httpx.AsyncClient) -> None:
    neighbour = desk("feed", client_id="unct-kgz", organization="unct-kgz")
    state: Any = reports.app.state  # type: ignore[attr-defined]
    async with state.database.transaction(system_principal("reports")) as session:
        await session.execute(text("select from feeds where id = :feed for update"), {"feed": FEED})
        held_up = asyncio.create_task(tajik_team.send(FEED, body(observation())))
        await asyncio.sleep(0.1)
        answer = await asyncio.wait_for(neighbour.send("unct-kgz", body(observation(country="KGZ"))), timeout=5)
        assert (answer.status_code, held_up.done()) == (202, False)
    assert (await held_up).status_code == 202


async def test_r18_many_at_once_to_a_feed_of_others_are_all_refused_alike(desk: Make) -> None:
    stranger = desk("feed", client_id="unct-kgz", organization="unct-kgz")
    answers = await send_all(stranger, [body(observation()) for _ in range(10)])
    assert len({answer.status_code for answer in answers}) == 1
    assert answers[0].status_code in (403, 404)


@pytest.mark.parametrize(("rows", "length"), [(1_001, 10), (600, 19_900)])
def test_r5_what_holds_more_than_its_bytes_let_expect_is_not_cut_off_but_stored_by_itself(rows: int, length: int) -> None:
    given = [Row(native=observation(external_id=f"row-{number}", text="x" * length), raw="") for number in range(rows)]
    with pytest.raises(NotSmall):
        judge_together([lambda: iter(given)], Speaker("unct-tjk", Sensitivity.confidential))
