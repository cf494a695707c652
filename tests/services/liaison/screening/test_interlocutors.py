"""R4: who is met is held against the consolidated list at every door: scheduling, adding somebody later, holding."""

from typing import Any

import httpx
import pytest

from tests.services.liaison.contacts.conftest import Desk, new_name
from tests.services.liaison.screening.lists import asked, consolidated, publish

Json = dict[str, Any]


async def scheduled(desk: Desk) -> Json:
    """A meeting with a Government, on the calendar."""
    party = await desk.party("government")
    return await desk.step(f"/engagements/{(await desk.engagement([party['id']]))['id']}/schedule")


async def edit(desk: Desk, meeting: Json, **more: Any) -> httpx.Response:
    """PUT with what the meeting is, and more."""
    plan = ("kind", "title", "parties", "countries", "themes", "starts_at", "ends_at", "contacts")
    return await desk.put(f"/engagements/{meeting['id']}", {name: meeting[name] for name in plan} | more, meeting["version"])


def pending(answer: httpx.Response, kind: str, subject: str) -> bool:
    """Whether the answer refuses because the Head has to decide on `subject`."""
    said = answer.json()
    return answer.status_code == 409 and said["type"].endswith("/screening-pending") and said["subjects"] == [{"type": kind, "id": subject}]


async def test_r4_a_person_added_to_a_scheduled_meeting_is_screened_before_it_is_scheduled_again(
    keeper: Desk, desk: Desk, head: Desk
) -> None:
    listed, other = await desk.enter(), await desk.enter()
    await publish(keeper, consolidated(("801", listed["name"], "")))
    meeting = await scheduled(desk)
    added = await edit(desk, meeting, contacts=[listed["id"], other["id"]])
    assert (added.status_code, added.json()["state"]) == (200, "proposed")
    assert pending(await desk.post(f"/engagements/{meeting['id']}/schedule"), "contact", listed["id"])
    hit = await asked(head, listed["id"])
    await head.post(f"/screenings/{hit['id']}/clear", {"reason": "Born elsewhere."})
    again = await desk.step(f"/engagements/{meeting['id']}/schedule")
    fewer = await edit(desk, again, contacts=[other["id"]])
    assert fewer.json()["state"] == "scheduled", "who stays away needs no screening"


async def test_r4_who_was_listed_since_scheduling_is_not_met_unasked(keeper: Desk, desk: Desk, head: Desk) -> None:
    person = await desk.enter()
    meeting = await scheduled(desk)
    await edit(desk, meeting, contacts=[person["id"]])
    await desk.step(f"/engagements/{meeting['id']}/schedule")
    await publish(keeper, consolidated(("802", person["name"], "")))
    assert pending(await desk.post(f"/engagements/{meeting['id']}/hold"), "contact", person["id"])
    assert (await desk.get(f"/engagements/{meeting['id']}"))["state"] == "scheduled"
    hit = await asked(head, person["id"])
    await head.post(f"/screenings/{hit['id']}/confirm", {"reason": "Talks need it.", "may_be_met": True})
    assert (await desk.step(f"/engagements/{meeting['id']}/hold"))["state"] == "held"


async def test_a_person_nobody_entered_attends_nothing(desk: Desk) -> None:
    party, unknown = await desk.party("government"), "01970000-0000-7000-8000-000000000000"
    body = {"kind": "meeting", "title": "T", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"], "contacts": [unknown]}
    times = {"starts_at": "2030-05-01T09:00:00Z", "ends_at": "2030-05-01T10:00:00Z"}
    refused = await desk.post("/engagements", body | times)
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/contacts/0"]
    changed = await edit(desk, await scheduled(desk), contacts=[unknown])
    assert (changed.status_code, changed.json()["errors"]) == (422, refused.json()["errors"])


@pytest.mark.parametrize("by", ["original script", "alias"])
async def test_r4_a_name_in_another_script_or_an_alias_stops_scheduling(keeper: Desk, desk: Desk, by: str) -> None:
    first = new_name()
    person = await desk.enter(name=f"{first} Каримов")
    original, alias = ("Каримов", "")
    names = {"original script": (f"{first} {original}", ""), "alias": ("", f"{first} Karimov")}[by]
    await publish(keeper, consolidated(("803", new_name(), names[0]), alias=names[1] or alias))
    party = await desk.party("government")
    meeting = await desk.engagement([party["id"]], contacts=[person["id"]])
    assert pending(await desk.post(f"/engagements/{meeting['id']}/schedule"), "contact", person["id"])
    # The list without that name: it was the name that stopped it.
    await publish(keeper, consolidated(("803", new_name(), "")))
    await desk.step(f"/engagements/{meeting['id']}/schedule")


async def test_r4_a_listed_entity_is_not_met_unasked(keeper: Desk, desk: Desk, head: Desk) -> None:
    name = f"Trading House {new_name()}"
    house = await desk.make("/parties", {"kind": "other-party", "name": name, "countries": ["TJK"]})
    await desk.concurrence("TJK", [house["id"]])
    await publish(keeper, consolidated(("804", new_name(), ""), entity=name))
    meeting = await desk.engagement([house["id"]])
    assert pending(await desk.post(f"/engagements/{meeting['id']}/schedule"), "party", house["id"])
    hit = await asked(head, house["id"])
    assert (await head.post(f"/screenings/{hit['id']}/clear", {"reason": "Another house."})).status_code == 200
    await desk.step(f"/engagements/{meeting['id']}/schedule")
