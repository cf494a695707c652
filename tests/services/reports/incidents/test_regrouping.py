"""Merging and splitting incidents by a person, undone again; suggestions; what merged keys lead to."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
GRADE = {"reliability": "B", "credibility": 2}


@pytest.fixture
async def two(tajik_team: Desk, unama: Desk, analyst: Desk, row: Row) -> tuple[Json, Json]:
    """Two incidents near each other that do not join by themselves: of different kinds."""
    tajik = row()
    place = {"country": "AFG"} | {name: tajik[name] for name in ("latitude", "longitude", "occurred_at")}
    afghan = row(**place, themes=["drug-trafficking"])
    await tajik_team.deliver("unct-tjk", [tajik])
    await unama.deliver("unama-field", [afghan])
    return await analyst.incident_of(tajik), await analyst.incident_of(afghan)


async def test_doubt_is_a_suggestion_that_says_why(analyst: Desk, desk: Make, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    assert tajik["id"] != afghan["id"]
    [found] = (await analyst.get("/incidents/suggestions", incident=afghan["id"]))["items"]
    assert (found["incident_id"], found["other_id"], found["state"]) == (afghan["id"], tajik["id"], "open")
    assert found["parts"]["themes"] == 0
    assert found["parts"]["time"] == found["parts"]["place"] == 1
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    assert (await narrow.get("/incidents/suggestions", incident=tajik["id"]))["items"] == [], "it would tell of the stricter account"
    merged = await analyst.post(f"/incidents/suggestions/{found['id']}/accept")
    assert (merged["id"], merged["sources"], merged["corroborated"]) == (tajik["id"], ["unama", "unct-tjk"], True)
    await analyst.post(f"/incidents/suggestions/{found['id']}/accept", status=404)


async def test_a_dismissed_suggestion_is_kept_with_its_reason(analyst: Desk, two: tuple[Json, Json]) -> None:
    [found] = (await analyst.get("/incidents/suggestions", incident=two[1]["id"]))["items"]
    await analyst.post(f"/incidents/suggestions/{found['id']}/dismiss", {"reason": "Two villages of one name."})
    await analyst.post(f"/incidents/suggestions/{found['id']}/dismiss", {"reason": "Again."}, 409)
    [kept] = (await analyst.get("/incidents/suggestions", incident=two[1]["id"], state="dismissed"))["items"]
    assert (kept["reason"], kept["decided_by"]) == ("Two villages of one name.", "analyst")


async def test_what_was_discarded_leaves_the_suggestions_until_it_is_restored(analyst: Desk, two: tuple[Json, Json]) -> None:
    async def suggested() -> list[str]:
        return [each["id"] for each in (await analyst.get("/incidents/suggestions", incident=two[1]["id"]))["items"]]

    [key] = await suggested()
    for incident in two:
        await analyst.post(f"/incidents/{incident['id']}/discard", {"reason": "A drill."})
        assert await suggested() == []
        refused = await analyst.post(f"/incidents/suggestions/{key}/accept", status=409)
        assert refused["type"].endswith("/discarded")
        await analyst.post(f"/incidents/{incident['id']}/restore", {"reason": "It was no drill."})
        assert await suggested() == [key]
    await analyst.post(f"/incidents/suggestions/{key}/accept")


async def test_r6_merged_accounts_stand_side_by_side_and_both_keys_lead_there(analyst: Desk, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    await analyst.post(f"/incidents/{afghan['id']}/grade", GRADE)
    merged = await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One clash."})
    assert [each["source"] for each in merged["accounts"]] == ["unct-tjk", "unama"]
    assert (merged["version"], merged["graded"]) > (tajik["version"], False)
    assert (await analyst.get(f"/incidents/{afghan['id']}")) == (await analyst.get(f"/incidents/{tajik['id']}")) == merged
    again = await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "Twice."}, 409)
    assert again["type"].endswith("/same-incident")
    await analyst.post(f"/incidents/{afghan['id']}/grade", GRADE)


async def test_a_merge_is_undone_whole(analyst: Desk, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One clash."})
    [move] = (await analyst.get(f"/incidents/{tajik['id']}/moves"))["items"]
    assert (move["kind"], move["reason"], move["moved_by"]) == ("merge", "One clash.", "analyst")
    back = await analyst.post(f"/incidents/moves/{move['id']}/undo", {"reason": "They are two."})
    assert (back["id"], back["sources"]) == (afghan["id"], ["unama"])
    seen = await analyst.get(f"/incidents/{tajik['id']}")
    assert (seen["id"], seen["sources"]) == (tajik["id"], ["unct-tjk"])
    assert seen["version"] > tajik["version"]
    refused = await analyst.post(f"/incidents/moves/{move['id']}/undo", {"reason": "Again."}, 409)
    assert refused["type"].endswith("/nothing-to-undo")


async def test_a_split_opens_an_incident_and_is_undone(analyst: Desk, tajik_team: Desk, two: tuple[Json, Json], row: Row) -> None:
    tajik, afghan = two
    merged = await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One clash."})
    theirs = merged["accounts"][1]["observation"]["id"]
    for wrong in ([theirs, merged["accounts"][0]["observation"]["id"]], ["01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"]):
        await analyst.post(f"/incidents/{tajik['id']}/split", {"observations": wrong, "reason": "No."}, 409)
    opened = await analyst.post(f"/incidents/{tajik['id']}/split", {"observations": [theirs], "reason": "Another day."}, 201)
    assert opened["id"] not in (tajik["id"], afghan["id"])
    assert (opened["sources"], opened["reference"]) == (["unama"], opened["reference"])
    left = await analyst.get(f"/incidents/{tajik['id']}")
    assert left["sources"] == ["unct-tjk"]
    assert left["version"] > merged["version"]
    [move] = [each for each in (await analyst.get(f"/incidents/{tajik['id']}/moves"))["items"] if each["kind"] == "split"]
    back = await analyst.post(f"/incidents/moves/{move['id']}/undo", {"reason": "The same day."})
    assert (back["id"], back["sources"]) == (tajik["id"], ["unama", "unct-tjk"])
    assert (await analyst.get(f"/incidents/{opened['id']}"))["id"] == tajik["id"]


async def test_chains_of_merges_are_undone_from_the_middle(analyst: Desk, tajik_team: Desk, two: tuple[Json, Json], row: Row) -> None:
    tajik, afghan = two
    at = (datetime.fromisoformat(tajik["occurred_at"]) + timedelta(days=40)).isoformat()
    third = row(occurred_at=at)
    await tajik_team.deliver("unct-tjk", [third])
    last = await analyst.incident_of(third)
    await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One."})
    whole = await analyst.post(f"/incidents/{last['id']}/merge", {"other": tajik["id"], "reason": "All one."})
    assert whole["observations"] == 3
    for key in (tajik["id"], afghan["id"]):
        assert (await analyst.get(f"/incidents/{key}"))["id"] == last["id"]
    [move] = (await analyst.get(f"/incidents/{last['id']}/moves"))["items"]
    await analyst.post(f"/incidents/moves/{move['id']}/undo", {"reason": "No."})
    assert (await analyst.get(f"/incidents/{afghan['id']}"))["id"] == tajik["id"]
    assert (await analyst.get(f"/incidents/{last['id']}"))["observations"] == 1


async def test_a_correction_follows_its_account_to_where_a_person_put_it(analyst: Desk, unama: Desk, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One clash."})
    said = afghan["accounts"][0]["observation"]
    names = ("external_id", "occurred_at", "latitude", "longitude", "themes", "figures")
    await unama.deliver("unama-field", [{name: said[name] for name in names} | {"country": "AFG", "title": "Corrected"}])
    merged = await analyst.get(f"/incidents/{tajik['id']}")
    assert [each["observation"]["title"] for each in merged["accounts"]][1] == "Corrected"


async def test_of_two_people_who_merge_at_once_one_is_told(analyst: Desk, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    bodies = [(tajik["id"], afghan["id"]), (afghan["id"], tajik["id"])]
    answers = await asyncio.gather(
        *(analyst.call("POST", f"/incidents/{one}/merge", json={"other": other, "reason": "One."}) for one, other in bodies)
    )
    assert sorted(each.status_code for each in answers) == [200, 409]


async def test_a_move_of_what_one_may_not_read_is_not_told(analyst: Desk, desk: Make, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    before = await narrow.get(f"/incidents/{tajik['id']}")
    await analyst.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "UNAMA tells of it, too."})
    assert (await narrow.get(f"/incidents/{tajik['id']}")) == before
    assert (await narrow.get(f"/incidents/{tajik['id']}/moves"))["items"] == []
    await narrow.get(f"/incidents/{afghan['id']}")


async def test_who_may_not_read_an_incident_cannot_regroup_it(desk: Make, two: tuple[Json, Json]) -> None:
    tajik, afghan = two
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    await narrow.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One."}, 404)
    officer = desk("political-officer")
    await officer.post(f"/incidents/{tajik['id']}/merge", {"other": afghan["id"], "reason": "One."}, 403)
