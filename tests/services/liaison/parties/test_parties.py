"""The register of parties through the API."""

from collections.abc import Callable
from typing import Any

import httpx

from tests.clients import Headers
from tests.services.liaison.conftest import Officer

Json = dict[str, Any]


async def government(officer: Officer, country: str, **more: Any) -> Json:
    return await officer.make("/parties", {"kind": "government", "name": f"Government in {country}", "countries": [country]} | more)


async def edit(officer: Officer, party: Json, **more: Any) -> Any:
    body = {name: party[name] for name in ("kind", "name", "names", "countries", "parent", "members")} | more
    headers = officer.headers | {"if-match": f'"{party["version"]}"'}
    return await officer.client.put(f"/v1/parties/{party['id']}", json=body, headers=headers)


async def test_a_ministry_is_found_in_any_script_and_under_its_government(officer: Officer) -> None:
    state = await government(officer, "TJK")
    ministry = await government(
        officer, "TJK", name="Ministry of Waters", names=[{"language": "tg", "name": "Вазорати Обҳо"}], parent=state["id"]
    )
    for q in ("вазорати обхо", "Vazorati Obho", "ministry wat"):
        assert ministry["id"] in [each["id"] for each in (await officer.get(f"/parties?q={q}"))["items"]], q
    relations = await officer.get(f"/parties/{state['id']}/relations")
    assert [each["id"] for each in relations["parts"]] == [ministry["id"]]
    assert (await officer.get(f"/parties/{ministry['id']}/relations"))["parent"]["id"] == state["id"]


async def test_governments_act_jointly_and_nobody_else_does(officer: Officer) -> None:
    members = [await government(officer, "KAZ"), await government(officer, "UZB")]
    body = {"kind": "government", "name": "Joint commission", "countries": ["KAZ", "UZB"], "members": [each["id"] for each in members]}
    joint = await officer.make("/parties", body)
    joins = (await officer.get(f"/parties/{members[0]['id']}/relations"))["joins"]
    assert [each["id"] for each in joins] == [joint["id"]]
    other = await officer.party()
    for wrong, pointer in [
        ({"members": [members[0]["id"]], "countries": ["KAZ"]}, "/members"),
        ({"members": [members[0]["id"], other["id"]], "countries": ["KAZ", "TJK"]}, "/members"),
        ({"countries": ["KAZ"]}, "/countries"),
        ({"kind": "other-party"}, "/members"),
    ]:
        refused = await officer.post("/parties", body | wrong)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == pointer


async def test_a_party_without_a_state_is_refused_by_name(officer: Officer) -> None:
    refused = await officer.post("/parties", {"kind": "other-party", "name": "Nowhere", "countries": []})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/countries"


async def test_history_keeps_former_names_and_a_stale_edit_is_refused(officer: Officer) -> None:
    party = await officer.party()
    changed = await edit(officer, party, name="The renamed council")
    assert changed.status_code == 200, changed.text
    assert [each["name"] for each in (await officer.get(f"/parties/{party['id']}/history"))["items"]] == [
        "The renamed council",
        party["name"],
    ]
    assert (await edit(officer, party, name="Too late")).status_code == 412
    assert (await officer.get("/parties?q=renamed council"))["items"][0]["id"] == party["id"]


async def test_no_party_is_a_part_of_itself(officer: Officer) -> None:
    top = await government(officer, "KGZ")
    middle = await government(officer, "KGZ", parent=top["id"])
    low = await government(officer, "KGZ", parent=middle["id"])
    refused = await edit(officer, top, parent=low["id"])
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/wrong-relation")
    assert (await edit(officer, low, parent=top["id"])).status_code == 200


async def test_r18_a_parent_one_may_not_know_of_is_not_named(officer: Officer, as_: Any) -> None:
    secret = await government(officer, "UZB", label={"sensitivity": "strictly-confidential"})
    part = await government(officer, "UZB", parent=secret["id"])
    cleared = Officer(officer.client, as_("political-officer", access="confidential"))
    assert (await cleared.get(f"/parties/{part['id']}"))["parent"] is None
    assert (await cleared.get(f"/parties/{part['id']}/relations"))["parent"] is None
    assert (await officer.get(f"/parties/{part['id']}"))["parent"] == secret["id"]
    refused = await cleared.post("/parties", {"kind": "government", "name": "X", "countries": ["UZB"], "parent": secret["id"]})
    assert refused.status_code == 422


async def test_a_label_is_lowered_with_a_reason_only(officer: Officer) -> None:
    party = await officer.party()
    refused = await edit(officer, party, label={"sensitivity": "unclassified"})
    assert refused.json()["errors"][0]["pointer"] == "/reason"
    lowered = await edit(officer, party, label={"sensitivity": "unclassified"}, reason="It is public knowledge.")
    assert lowered.json()["label"]["sensitivity"] == "unclassified"


async def test_r18_an_edit_takes_nothing_away_that_its_editor_may_not_see(
    officer: Officer, liaison: httpx.AsyncClient, as_: Callable[..., Headers]
) -> None:
    hidden = {"label": {"sensitivity": "strictly-confidential"}}
    parent, secret = await government(officer, "KAZ", **hidden), await government(officer, "UZB", **hidden)
    open_ = [await government(officer, country) for country in ("KAZ", "KGZ")]
    members = [each["id"] for each in (*open_, secret)]
    joint = await government(officer, "KAZ", countries=["KAZ", "KGZ", "UZB"], members=members, parent=parent["id"])
    narrow = Officer(liaison, as_("political-officer", client_id="narrow", access="confidential"))
    shown = await narrow.get(f"/parties/{joint['id']}")
    assert (shown["parent"], set(shown["members"])) == (None, {each["id"] for each in open_})
    renamed = await edit(narrow, shown, name="The renamed commission")
    assert renamed.status_code == 200, renamed.text
    assert renamed.json()["parent"] is None
    whole = await officer.get(f"/parties/{joint['id']}")
    assert (whole["name"], whole["parent"], set(whole["members"])) == ("The renamed commission", parent["id"], set(members))
    assert (await edit(officer, whole, parent=None)).json()["parent"] is None, "who sees it may take it away"
