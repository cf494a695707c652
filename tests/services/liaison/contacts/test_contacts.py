"""Contacts through the API: entering, finding, editing, merging."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.services.liaison.contacts.conftest import Desk, new_name


@pytest.mark.parametrize("q", ["Sergei", "Sergey", "Сергей", "sergej"])
async def test_a_person_is_found_in_any_script_and_spelling(desk: Desk, q: str) -> None:
    surname = new_name().split()[0]
    person = await desk.enter(name=f"Сергей {surname}")
    assert person["latin_name"] == f"Sergey {surname}"
    assert await desk.find(q=f"{q} {surname}") == [person["id"]]
    assert await desk.find(q=f"Sardor {surname}") == []


async def test_a_person_is_found_by_number_and_address(desk: Desk) -> None:
    tail = str(uuid4().int)[:9]
    mail = f"{uuid4().hex}@example.org"
    person = await desk.enter(channels=[{"kind": "phone", "value": f"+992 {tail}"}, {"kind": "email", "value": mail}])
    assert await desk.find(q=f"00992{tail}") == [person["id"]]
    assert await desk.find(q=mail.upper()) == [person["id"]]


async def test_a_possible_duplicate_is_named_and_may_be_confirmed_to_be_another(desk: Desk) -> None:
    known = await desk.enter(name=f"Юсуф {new_name()}")
    body = {"name": known["latin_name"], "purpose": "Border talks"}
    refused = await desk.post("/contacts", body)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/possible-duplicate")
    assert [each["id"] for each in refused.json()["duplicates"]] == [known["id"]]
    other = await desk.make("/contacts", body | {"confirmed_distinct_from": [known["id"]]})
    assert other["id"] != known["id"]


async def test_two_who_enter_one_person_at_once_make_one_record(desk: Desk) -> None:
    body = {"name": new_name(), "purpose": "Water talks"}
    answers = await asyncio.gather(*(desk.post("/contacts", body) for _ in range(5)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409, 409]


async def test_r18_a_duplicate_one_may_not_see_is_not_named(desk: Desk, head: Desk) -> None:
    hidden = await head.enter(label={"sensitivity": "strictly-confidential"})
    assert (await head.post("/contacts", {"name": hidden["name"], "purpose": "Talks"})).status_code == 409
    entered = await desk.post("/contacts", {"name": hidden["name"], "purpose": "Talks"})
    assert entered.status_code == 201
    assert (await desk.client.get(f"/v1/contacts/{hidden['id']}", headers=desk.headers)).status_code == 404


async def test_a_contact_needs_a_purpose_and_a_review_date_to_come(desk: Desk) -> None:
    refused = await desk.post("/contacts", {"name": new_name()})
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/purpose"]
    for day in ("2020-01-01", "2090-01-01"):
        wrong = await desk.post("/contacts", {"name": new_name(), "purpose": "Talks", "review_on": day})
        assert wrong.json()["errors"][0]["pointer"] == "/review_on"
    nul = await desk.post("/contacts", {"name": "A\x00B", "purpose": "Talks"})
    assert nul.status_code == 422


async def test_an_edit_needs_the_version_that_was_read_and_is_found_by_its_new_name(desk: Desk) -> None:
    person, name = await desk.enter(), new_name()
    body = {"name": name, "purpose": "Now another", "languages": ["tg", "ru"]}
    changed = await desk.put(f"/contacts/{person['id']}", body, person["version"])
    assert changed.status_code == 200, changed.text
    assert (await desk.put(f"/contacts/{person['id']}", body, person["version"])).status_code == 412
    assert await desk.find(q=name) == [person["id"]]
    assert await desk.find(q=person["name"]) == []


async def test_a_merger_keeps_both_histories_and_can_be_undone(desk: Desk) -> None:
    held = {"organization": "Water committee", "title": "Member", "valid_from": "2020-01-01"}
    one, other = await desk.enter(positions=[held]), await desk.enter(positions=[held | {"title": "Chair"}])
    merged = await desk.post(f"/contacts/{one['id']}/merge", {"into": other["id"]})
    assert merged.status_code == 200, merged.text
    assert merged.json()["merged_from"] == [one["id"]]
    assert {each["title"] for each in merged.json()["positions"]} == {"Member", "Chair"}
    assert await desk.find(q=one["name"]) == [other["id"]], "the old name finds the survivor"
    pointing = await desk.get(f"/contacts/{one['id']}")
    assert (pointing["state"], pointing["merged_into"]) == ("merged", other["id"])
    assert (await desk.post(f"/contacts/{one['id']}/merge", {"into": other["id"]})).status_code == 409

    parted = await desk.post(f"/contacts/{one['id']}/unmerge")
    assert parted.json()["state"] == "active"
    assert await desk.find(q=one["name"]) == [one["id"]]
    assert [each["title"] for each in (await desk.get(f"/contacts/{other['id']}"))["positions"]] == ["Chair"]
    assert (await desk.post(f"/contacts/{one['id']}/unmerge")).status_code == 409


async def test_a_merged_record_bears_the_stricter_label_while_it_lasts(desk: Desk, head: Desk) -> None:
    plain, secret = await head.enter(), await head.enter(label={"sensitivity": "strictly-confidential"})
    assert (await head.post(f"/contacts/{plain['id']}/merge", {"into": secret["id"]})).status_code == 200
    assert (await desk.client.get(f"/v1/contacts/{plain['id']}", headers=desk.headers)).status_code == 404
    assert (await head.post(f"/contacts/{plain['id']}/unmerge")).status_code == 200
    assert (await desk.get(f"/contacts/{plain['id']}"))["label"] == plain["label"]


async def test_two_mergers_of_one_pair_at_once_make_no_circle(desk: Desk) -> None:
    one, other = await desk.enter(), await desk.enter()
    ways: Any = [(one, other), (other, one)]
    answers = await asyncio.gather(*(desk.post(f"/contacts/{a['id']}/merge", {"into": b["id"]}) for a, b in ways))
    assert sorted(each.status_code for each in answers)[0] == 200
    assert {each.status_code for each in answers} & {409, 422}


async def test_focal_points_are_those_who_hold_a_position_today(desk: Desk) -> None:
    party = await desk.party(kind="government")
    at = {"party": party["id"], "title": "Focal point", "valid_from": "2020-01-01"}
    now, _ = await desk.enter(positions=[at]), await desk.enter(positions=[at | {"valid_until": "2021-01-01"}])
    assert [each["id"] for each in (await desk.get(f"/parties/{party['id']}/focal-points"))["items"]] == [now["id"]]


@pytest.mark.parametrize(("entered", "sought"), [("Сергей", "Sergey"), ("Sergey", "Сергей"), ("Sergei", "Сергей"), ("Сергей", "Sergej")])
async def test_a_name_in_one_script_finds_it_in_the_other(desk: Desk, entered: str, sought: str) -> None:
    surname = new_name().split()[0]
    person = await desk.enter(name=f"{entered} {surname}")
    assert await desk.find(q=f"{sought} {surname}") == [person["id"]]
    warned = await desk.post("/contacts", {"name": f"{sought} {surname}", "purpose": "Talks"})
    assert [each["id"] for each in warned.json()["duplicates"]] == [person["id"]]
