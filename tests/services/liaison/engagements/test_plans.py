"""Engagements in full: plans, edits, conflicts, unplanned encounters and follow-ups."""

from typing import Any

import httpx
import pytest

from tests.services.liaison.conftest import Json, Officer

PLAN = {
    "agenda": "1. Border crossings",
    "place": "Dushanbe",
    "time_zone": "Asia/Dushanbe",
    "delegation": ["A. Officer"],
    "interpreters": ["B. Interpreter"],
    "languages": ["tg", "ru"],
}
EDITED = ("kind", "title", "parties", "countries", "themes", "starts_at", "ends_at", *PLAN)


async def put(officer: Officer, engagement: Json, **changed: Any) -> httpx.Response:
    """PUT the engagement with some fields changed."""
    body = {name: engagement[name] for name in EDITED} | changed
    return await officer.client.put(
        f"/v1/engagements/{engagement['id']}", json=body, headers=officer.headers | {"if-match": f'"{engagement["version"]}"'}
    )


async def scheduled(officer: Officer, **more: Any) -> Json:
    """A scheduled meeting with a Government."""
    ministry = await officer.party(kind="government")
    meeting = await officer.engagement([ministry["id"]], **PLAN | more)
    return await officer.step(f"/engagements/{meeting['id']}/schedule")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "/time_zone"),
        ({"time_zone": "Asia"}, "/time_zone"),
        ({"languages": ["Tajik"]}, "/languages/0"),
        ({"ends_at": "2030-05-01T08:00:00Z"}, "/ends_at"),
        ({"follows": "01890000-0000-7000-8000-000000000000"}, "/follows"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused_where_it_cannot(officer: Officer, wrong: Json, pointer: str) -> None:
    ministry = await officer.party(kind="government")
    made = await officer.engagement([ministry["id"]], **PLAN)
    assert {name: made[name] for name in PLAN} == PLAN
    refused = await officer.post("/engagements", {name: made[name] for name in EDITED} | wrong)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_r1_an_edit_of_what_the_gate_looks_at_takes_it_back_to_proposed(officer: Officer) -> None:
    meeting = await scheduled(officer)
    retitled = (await put(officer, meeting, title="Talks on the border", agenda="1. Gates")).json()
    assert (retitled["state"], retitled["title"]) == ("scheduled", "Talks on the border")
    assert (await put(officer, meeting)).status_code == 412
    moved = (await put(officer, retitled, ends_at="2030-05-01T12:00:00Z")).json()
    assert moved["state"] == "proposed"
    assert (await put(officer, moved, kind="unplanned-encounter")).status_code == 422
    await officer.step(f"/engagements/{meeting['id']}/schedule")
    held = await officer.step(f"/engagements/{meeting['id']}/hold")
    assert (await put(officer, held, title="Another")).status_code == 409


async def test_what_is_over_is_not_scheduled(officer: Officer) -> None:
    ministry = await officer.party(kind="government")
    over = await officer.engagement([ministry["id"]], starts_at="2020-05-01T09:00:00Z", ends_at="2020-05-01T10:00:00Z")
    refused = await officer.post(f"/engagements/{over['id']}/schedule")
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (409, "in-the-past")


async def test_conflicts_warn_of_another_team_and_of_two_places_at_once(officer: Officer) -> None:
    first = await scheduled(officer)
    body = {name: first[name] for name in EDITED}
    same = {"starts_at": "2030-05-04T09:00:00Z", "ends_at": "2030-05-04T10:00:00Z", "delegation": ["C. Colleague"]}
    second = await officer.make("/engagements", body | same)
    answer = await officer.step(f"/engagements/{second['id']}/schedule")
    assert [(each["id"], each["because"]) for each in answer["conflicts"]] == [(first["id"], ["same-interlocutor"])]
    later = await officer.make("/engagements", body | same | {"starts_at": "2030-05-24T09:00:00Z", "ends_at": "2030-05-24T10:00:00Z"})
    assert (await officer.get(f"/engagements/{later['id']}/conflicts"))["items"] == []

    elsewhere = await officer.party(kind="government")
    booked = await officer.make("/engagements", body | {"parties": [elsewhere["id"]], "delegation": ["A. Officer"]})
    because = {each["id"]: each["because"] for each in (await officer.get(f"/engagements/{booked['id']}/conflicts"))["items"]}
    assert because[first["id"]] == ["double-booked"]


async def test_r18_a_conflict_with_what_one_may_not_know_of_is_not_told(officer: Officer, liaison: httpx.AsyncClient, as_: Any) -> None:
    first = await scheduled(officer, label={"sensitivity": "strictly-confidential"}, delegation=["S. Secret"])
    second = await officer.make("/engagements", {name: first[name] for name in EDITED} | {"delegation": []})
    assert [each["id"] for each in (await officer.get(f"/engagements/{second['id']}/conflicts"))["items"]] == [first["id"]]
    junior = Officer(liaison, as_("political-officer", access="confidential"))
    assert (await junior.get(f"/engagements/{second['id']}/conflicts"))["items"] == []


async def test_r1_an_unplanned_encounter_is_recorded_by_the_head_and_its_follow_up_needs_concurrence(
    officer: Officer, head: Officer
) -> None:
    party = await officer.party()
    met = {"kind": "unplanned-encounter", "title": "At the airport", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
    times = {"starts_at": "2026-01-01T09:00:00Z", "ends_at": "2026-01-01T09:10:00Z"}
    assert (await officer.post("/engagements", met | times)).status_code == 403
    ahead = await head.post("/engagements", met | {"starts_at": "2030-01-01T09:00:00Z", "ends_at": "2030-01-01T09:10:00Z"})
    assert (ahead.status_code, ahead.json()["errors"][0]["pointer"]) == (422, "/ends_at")
    encounter = await head.make("/engagements", met | times)
    assert (encounter["state"], encounter["concurrences"]) == ("held", [])

    follow_up = await officer.engagement([party["id"]], follows=encounter["id"])
    refused = await officer.post(f"/engagements/{follow_up['id']}/schedule")
    assert (refused.status_code, refused.json()["missing"][0]["party"]) == (409, party["id"])
    await officer.concurrence("TJK", [party["id"]])
    assert (await officer.step(f"/engagements/{follow_up['id']}/schedule"))["follows"] == encounter["id"]
