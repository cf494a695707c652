"""Searches a person keeps: told of what newly fits, with the rights of the moment (R15, R17, R18)."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from chassis.columns import new_id
from chassis.principal import system_principal
from chassis.revocations import Epochs
from services.reports.jobs import watch_once
from services.reports.searches.rules import first_key_after
from tests.services.reports.conftest import Desk, Make, observation
from tests.services.reports.incidents.test_search import made_up
from tests.services.reports.triage.conftest import Feed, feed_of

FEED = "unct-tjk"
Json = dict[str, Any]
Look = Callable[..., Awaitable[None]]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_the_first_key_of_a_moment_lies_between_those_before_and_behind_it(moment: datetime) -> None:
    earlier, later = (first_key_after(moment + timedelta(milliseconds=step)) for step in (-1, 1))
    assert earlier < first_key_after(moment) < later


def test_a_key_made_now_lies_behind_the_first_of_now() -> None:
    assert (
        first_key_after(datetime.now(UTC) - timedelta(milliseconds=5))
        < new_id()
        < first_key_after(datetime.now(UTC) + timedelta(seconds=1))
    )


@pytest.fixture
def look(reports: httpx.AsyncClient) -> Look:
    """Let the service look after all kept searches once, as its job does; `revoked` is a client whose access changed."""
    state: Any = reports.app.state  # type: ignore[attr-defined]

    async def once(revoked: str | None = None) -> None:
        async with state.database.transaction(system_principal("reports")) as session:
            await session.execute(text("update saved_searches set looked_at = looked_at - interval '10 seconds'"))
        epochs = Epochs()
        if revoked:
            epochs.raise_to(revoked, 1)
        await watch_once(state.database, epochs)

    return once


async def events_of(reports: httpx.AsyncClient, search: Json) -> list[int]:
    """How many incidents each event about the search told of."""
    state: Any = reports.app.state  # type: ignore[attr-defined]
    query = (
        "select event->'data'->'count' from outbox where type = 'reports.searches.matched.v1' and event->'data'->>'id' = :id order by seq"
    )
    async with state.database.transaction(system_principal("reports")) as session:
        return list((await session.execute(text(query), {"id": search["id"]})).scalars())


async def test_whoever_keeps_a_search_is_told_once_of_what_newly_fits(
    analyst: Desk, tajik_team: Desk, look: Look, reports: httpx.AsyncClient
) -> None:
    mark = made_up()
    await tajik_team.deliver(FEED, [observation(title=f"Before {mark}")])
    kept = await analyst.post("/searches", {"title": "Water", "filters": {"q": mark, "theme": "border"}}, 201)
    assert (kept["unseen"], kept["state"], kept["filters"]["q"]) == (0, "watching", mark)
    fits, other = observation(title=f"After {mark}"), observation(title=f"Another theme {mark}", themes=["political"])
    await tajik_team.deliver(FEED, [fits, other, observation(title="Nothing of the kind")])
    await look()
    await look()
    found = (await analyst.get(f"/searches/{kept['id']}/matches"))["items"]
    assert [each["title"] for each in found] == [f"After {mark}"]
    assert (await analyst.get(f"/searches/{kept['id']}"))["unseen"] == 1
    assert await events_of(reports, kept) == [1]
    assert (await analyst.post(f"/searches/{kept['id']}/open"))["unseen"] == 0
    await tajik_team.deliver(FEED, [observation(title=f"Later {mark}")])
    await look()
    assert (await analyst.get("/searches"))["items"][0]["unseen"] == 1
    assert await events_of(reports, kept) == [1, 1]
    newest = (await analyst.get(f"/searches/{kept['id']}/matches", limit=1))["items"]
    assert [each["title"] for each in newest] == [f"Later {mark}"]


async def test_r18_a_search_is_its_owners_alone_and_finds_what_the_owner_may_read(
    desk: Make, tajik_team: Desk, look: Look, reports: httpx.AsyncClient
) -> None:
    mark = made_up()
    narrow, other = desk("analyst", client_id="narrow", countries=["TKM"]), desk("analyst", client_id="other")
    kept = await narrow.post("/searches", {"title": "Mine", "filters": {"q": mark}}, 201)
    await tajik_team.deliver(FEED, [observation(title=f"Hidden {mark}"), observation(title=f"Shown {mark}", label={"countries": ["TKM"]})])
    await look()
    assert [each["title"] for each in (await narrow.get(f"/searches/{kept['id']}/matches"))["items"]] == [f"Shown {mark}"]
    assert await events_of(reports, kept) == [1]
    for path in (f"/searches/{kept['id']}", f"/searches/{kept['id']}/matches"):
        await other.get(path, 404)
    await other.post(f"/searches/{kept['id']}/open", status=404)
    assert (await other.call("DELETE", f"/searches/{kept['id']}", headers={"if-match": "*"})).status_code == 404
    assert kept["id"] not in [each["id"] for each in (await other.get("/searches"))["items"]]


async def test_r15_a_search_with_rights_its_owner_no_longer_has_looks_at_nothing_until_it_is_opened(
    desk: Make, tajik_team: Desk, look: Look, reports: httpx.AsyncClient
) -> None:
    mark = made_up()
    owner = desk("analyst", client_id="moved")
    kept = await owner.post("/searches", {"title": "Mine", "filters": {"q": mark}}, 201)
    await tajik_team.deliver(FEED, [observation(title=f"Missed {mark}")])
    await look(revoked="moved")
    assert (await owner.get(f"/searches/{kept['id']}"))["state"] == "paused"
    await look()
    assert await events_of(reports, kept) == []
    narrowed = desk("analyst", client_id="moved", countries=["TKM"], epoch=1)
    assert (await narrowed.post(f"/searches/{kept['id']}/open"))["state"] == "watching"
    await look(revoked="moved")
    assert (await narrowed.get(f"/searches/{kept['id']}/matches"))["items"] == []


@pytest.fixture
async def rumours(desk: Make) -> Feed:
    """A feed of low trust: what it brings waits for a person."""
    return await feed_of(desk, "low", "rumours")


async def test_r15_r18_what_waited_is_told_once_when_a_person_accepts_it_with_the_rights_of_that_moment(
    desk: Make, analyst: Desk, rumours: Feed, look: Look, reports: httpx.AsyncClient
) -> None:
    mark = made_up()
    narrow = desk("analyst", client_id="narrow-2", access="unclassified")
    kept, hidden = [await each.post("/searches", {"title": "Rumours", "filters": {"q": mark}}, 201) for each in (analyst, narrow)]
    waiting = observation(title=f"Waiting {mark}", label={"sensitivity": "confidential", "tlp": "AMBER"})
    await rumours.tell(waiting)
    await look()
    assert await events_of(reports, kept) == [], "nobody has looked at it yet"
    await long_ago(reports, waiting)
    incident = await analyst.incident_of(waiting)
    await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "C", "credibility": 3})
    await look()
    await look()
    assert [each["id"] for each in (await analyst.get(f"/searches/{kept['id']}/matches"))["items"]] == [incident["id"]]
    assert (await events_of(reports, kept), await events_of(reports, hidden)) == ([1], [])


async def test_what_is_restored_is_told_unless_it_was_before(
    analyst: Desk, tajik_team: Desk, look: Look, reports: httpx.AsyncClient
) -> None:
    mark, why = made_up(), {"reason": "A drill."}
    discarded, told = observation(title=f"First {mark}"), observation(title=f"Second {mark}")
    await tajik_team.deliver(FEED, [discarded])
    first = await analyst.incident_of(discarded)
    await analyst.post(f"/incidents/{first['id']}/discard", why)
    kept = await analyst.post("/searches", {"title": "Drills", "filters": {"q": mark}}, 201)
    await tajik_team.deliver(FEED, [told])
    await look()
    second = await analyst.incident_of(told)
    await analyst.post(f"/incidents/{second['id']}/discard", why)
    for incident in (first, second):
        await analyst.post(f"/incidents/{incident['id']}/restore", why)
    await look()
    assert await events_of(reports, kept) == [1, 1]
    assert [each["id"] for each in (await analyst.get(f"/searches/{kept['id']}/matches"))["items"]] == [first["id"], second["id"]]


async def long_ago(reports: httpx.AsyncClient, row: Json) -> None:
    """Let it have come before the last look reached back to: its key tells when it was made."""
    state: Any = reports.app.state  # type: ignore[attr-defined]
    aged = text("update observations set id = :id where external_id = :row")
    async with state.database.transaction(system_principal("reports")) as session:
        key = first_key_after(datetime.now(UTC) - timedelta(days=3)).int | random.getrandbits(70)
        await session.execute(aged, {"id": UUID(int=key), "row": row["external_id"]})


async def test_it_is_edited_under_its_version_and_forgotten_whole(analyst: Desk, tajik_team: Desk, look: Look) -> None:
    mark = made_up()
    kept = await analyst.post("/searches", {"title": "First", "filters": {"q": mark}}, 201)
    await tajik_team.deliver(FEED, [observation(title=mark)])
    await look()
    edited = await analyst.put(f"/searches/{kept['id']}", {"title": "Second", "filters": {"country": "TJK", "q": mark}}, kept["version"])
    assert (edited["title"], edited["filters"]["country"], edited["unseen"]) == ("Second", "TJK", 1)
    await analyst.put(f"/searches/{kept['id']}", {"title": "Third", "filters": {}}, kept["version"], 412)
    assert (await analyst.call("DELETE", f"/searches/{kept['id']}", headers={"if-match": f'"{edited["version"]}"'})).status_code == 204
    await analyst.get(f"/searches/{kept['id']}", 404)
    await look()


@pytest.mark.parametrize("filters", [{"bbox": "one,two"}, {"country": "ZZZ"}, {"since": "yesterday"}, {"only": ["x"]}, {"q": "x" * 201}])
async def test_what_cannot_be_asked_is_not_kept(filters: Json, analyst: Desk) -> None:
    before = len((await analyst.get("/searches", limit=200))["items"])
    answer = await analyst.call("POST", "/searches", json={"title": "Bad", "filters": filters})
    assert answer.status_code in (400, 422), answer.text
    assert len((await analyst.get("/searches", limit=200))["items"]) == before
