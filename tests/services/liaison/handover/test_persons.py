"""Persons out of a package: found like everybody else, merged like everybody else, protected like everybody else (R4)."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.postgres.bootstrap import DatabaseUrls
from tests.services.liaison.contacts.conftest import new_name
from tests.services.liaison.contacts.test_protection import WHERE_PERSONS_LIE, run_unseen
from tests.services.liaison.handover.conftest import Head
from tests.services.liaison.handover.packages import contact, party, series

Json = dict[str, Any]


async def post(head: Head, path: str, body: Json | None = None) -> httpx.Response:
    """POST /v1<path>."""
    return await head.client.post(f"/v1{path}", json=body, headers=head.headers)


async def placed(head: Head, *people: Json) -> dict[str, Json]:
    """The contacts of a package, placed; by their names."""
    handover = await head.imported([series("parties", [party(1)]), series("contacts", people)])
    assert (await head.counts(handover["id"]))["contacts"]["placed"] == len(people)
    found = (await head.client.get("/v1/contacts?limit=200", headers=head.headers)).json()["items"]
    merged = (await head.client.get("/v1/contacts?limit=200&state=merged", headers=head.headers)).json()["items"]
    return {each["name"]: each for each in [*found, *merged]} | {"": handover}


@pytest.mark.parametrize("is_reviewed", [False, True])
async def test_a_merger_nobody_told_more_of_can_be_undone(head: Head, is_reviewed: bool) -> None:
    one, other = new_name(), new_name()
    found = await placed(head, contact(1, name=one), contact(2, name=other, merged_into="C-1"))
    twin, person = found[other], found[one]
    assert (twin["state"], twin["merged_into"]) == ("merged", person["id"])
    assert [each["id"] for each in (await head.get(f"/contacts?q={other}"))["items"]] == [person["id"]]
    if is_reviewed:
        answer = await post(head, f"/handovers/{found['']['id']}/series/contacts-1/review", {"reason": "As given."})
        assert answer.status_code == 200, answer.text
    undone = await post(head, f"/contacts/{twin['id']}/unmerge")
    assert undone.status_code == 200, undone.text
    strictness = (undone.json()["label"]["sensitivity"], undone.json()["label"]["tlp"])
    assert strictness == (("confidential", "AMBER") if is_reviewed else ("strictly-confidential", "RED"))
    assert [each["id"] for each in (await head.get(f"/contacts?q={other}"))["items"]] == [twin["id"]]


async def test_a_person_out_of_a_package_is_found_by_telephone_and_by_address(head: Head) -> None:
    number, address = f"+992 {uuid4().int % 10**9:09d}", f"{uuid4().hex}@example.org"
    channels = [{"kind": "phone", "value": number}, {"kind": "email", "value": address}]
    name = new_name()
    person = (await placed(head, contact(1, name=name, channels=channels)))[name]
    for q in (number, number[-9:], address):
        found = await head.client.get("/v1/contacts", params={"q": q}, headers=head.headers)
        assert [each["id"] for each in found.json()["items"]] == [person["id"]], q
    entered = {"name": new_name(), "purpose": "Talks", "channels": channels[:1]}
    refused = await post(head, "/contacts", entered)
    assert [each["id"] for each in refused.json()["duplicates"]] == [person["id"]]


async def test_who_came_twice_is_suggested_and_never_merged_by_itself(head: Head) -> None:
    known, alone, number = new_name(), new_name(), f"+992 {uuid4().int % 10**9:09d}"
    entered = await post(head, "/contacts", {"name": known, "purpose": "Talks", "countries": ["TJK"]})
    reached = await post(head, "/contacts", {"name": new_name(), "purpose": "Talks", "channels": [{"kind": "phone", "value": number}]})
    by_number = contact(2, name=new_name(), channels=[{"kind": "phone", "value": number}])
    found = await placed(head, contact(1, name=" ".join(reversed(known.split()))), by_number, contact(3, name=alone))
    listed = (await head.get(f"/handovers/{found['']['id']}/duplicates"))["items"]
    assert {each["name"]: [other["id"] for other in each["resembles"]] for each in listed} == {
        " ".join(reversed(known.split())): [entered.json()["id"]],
        by_number["name"]: [reached.json()["id"]],
    }
    assert all(found[each["name"]]["state"] == "active" for each in listed)


async def test_r4_a_person_who_was_sent_twice_is_erased_from_the_quarantine_too(head: Head, databases: dict[str, DatabaseUrls]) -> None:
    secret = new_name()
    person = contact(1, name=secret, purpose=f"Talks with {secret}")
    found = await placed(head, person)
    again = [series("parties", [party(2)]), series("contacts", [person, contact(2, name=new_name(), purpose="")])]
    later = await head.imported(again)
    lying = (await head.get(f"/handovers/{later['id']}/quarantine"))["items"]
    assert [each["payload"]["name"] == secret for each in lying] == [False, True]

    erased = await post(head, f"/contacts/{found[secret]['id']}/erase", {"reason": "Asked for."})
    assert erased.status_code == 200, erased.text
    # Sent once more, after the erasure: that it came is listed, and nothing else.
    latest = await head.imported([series("parties", [party(3)]), series("contacts", [person], title="Sent again")])
    for handover in (later, latest):
        lying = (await head.get(f"/handovers/{handover['id']}/quarantine"))["items"]
        emptied = next(each for each in lying if each["external_id"] == "C-1")
        assert (emptied["payload"], emptied["raw"]) == ({"external_id": "C-1"}, None)
        assert "erased" in emptied["reason"]
    for table in WHERE_PERSONS_LIE:
        assert secret.split()[0] not in repr(await asyncio.to_thread(run_unseen, databases, f"select * from {table}", [])), table
    retried = await post(head, f"/handovers/{later['id']}/quarantine/retry")
    assert (retried.status_code, retried.json()) == (200, {"placed": 0, "quarantined": 2})
    assert secret not in str((await head.get(f"/handovers/{later['id']}/quarantine"))["items"])
