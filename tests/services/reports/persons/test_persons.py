"""Persons named in observations: found, marked, and withheld from whoever is not to know them (R4)."""

import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from chassis.principal import system_principal
from chassis.tables import AuditRow, OutboxRow
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
Row = Callable[..., Json]
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN"}


@pytest.fixture
def surname() -> str:
    """A surname that no other test says."""
    return ("".join(random.choice("bdgklmnprst") + random.choice("aou") for _ in range(4)) + "rov").capitalize()


@pytest.fixture
async def told(analyst: Desk, tajik_team: Desk, row: Row, surname: str) -> Json:
    """An observation that names two persons: one that the rules find, one that they do not."""
    sent = row(
        title=f"Guards detained Jamshed {surname} at the post", text=f"{surname} and the one called grey wolf were led away.", label=OPEN
    )
    await tajik_team.deliver("unct-tjk", [sent])
    return await analyst.observation_of(sent)


async def persons(desk: Desk, told: Json) -> dict[str, Json]:
    """The persons named, by their words."""
    return {each["words"]: each for each in (await desk.get(f"/observations/{told['id']}/persons"))["items"]}


async def open_to(reports: httpx.AsyncClient, told: Json, organization: str) -> None:
    """Let an organization read it, as a release would."""
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        opened = text("update observations set readers = array[:organization] where id = :id")
        await session.execute(opened, {"organization": organization, "id": told["id"]})


async def test_r4_persons_are_found_with_role_rule_and_place(analyst: Desk, told: Json, surname: str) -> None:
    found = await persons(analyst, told)
    whole = found[f"Jamshed {surname}"]
    assert (whole["state"], whole["role"], whole["rule"], whole["mark"]) == ("found", "suspect", "given-name", None)
    (place,) = whole["places"]
    assert told[place["field"]][place["start"] : place["end"]] == f"Jamshed {surname}"
    assert found[surname]["places"][0]["field"] == "text"


async def test_r4_a_person_marks_what_was_missed_and_dismisses_what_is_no_name(analyst: Desk, desk: Make, told: Json) -> None:
    path = f"/observations/{told['id']}/persons"
    added = await analyst.post(path, {"words": "grey wolf", "role": "victim"}, 201)
    assert (await persons(analyst, told))["grey wolf"] | {"places": []} == {
        "words": "grey wolf", "role": "victim", "rule": "marked", "state": "confirmed", "mark": added["id"], "marked_by": "analyst",
        "version": 1, "places": [],
    }  # fmt: skip
    assert (await analyst.post(path, {"words": "Grey Wolf"}, 409))["type"].endswith("/already-marked")
    assert (await analyst.post(path, {"words": "nobody"}, 422))["type"].endswith("/not-in-text")
    dismissed = await analyst.post(f"/persons/{added['id']}/dismiss")
    assert (dismissed["state"], dismissed["version"]) == ("dismissed", 2)
    assert (await persons(analyst, told))["grey wolf"]["state"] == "dismissed"
    stale = await analyst.call("POST", f"/persons/{added['id']}/confirm", json={}, headers={"if-match": '"1"'})
    assert stale.status_code == 412
    assert (await analyst.post(f"/persons/{added['id']}/confirm", {"role": "witness"}))["role"] == "witness"
    assert (await desk("political-officer").call("POST", path, json={"words": "led away"})).status_code == 403


async def test_r4_marks_hold_for_a_corrected_version_where_the_words_still_stand(analyst: Desk, tajik_team: Desk, row: Row) -> None:
    sent = row(title="The one called grey wolf was seen", text="Also seen: black fox.")
    await tajik_team.deliver("unct-tjk", [sent])
    first = await analyst.observation_of(sent)
    for words in ("grey wolf", "black fox"):
        await analyst.post(f"/observations/{first['id']}/persons", {"words": words}, 201)
    await tajik_team.deliver("unct-tjk", [sent | {"text": "Nothing else."}])
    second = await analyst.observation_of(sent)
    assert second["id"] != first["id"]
    assert set(await persons(analyst, second)) == {"grey wolf"}


async def test_r18_a_mark_is_seen_where_its_observation_is(analyst: Desk, desk: Make, tajik_team: Desk, row: Row) -> None:
    sent = row(title="The one called grey wolf was seen", label={"sensitivity": "strictly-confidential", "tlp": "RED"})
    await tajik_team.deliver("unct-tjk", [sent])
    told = await analyst.observation_of(sent)
    mark = await analyst.post(f"/observations/{told['id']}/persons", {"words": "grey wolf"}, 201)
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    for path in (f"/observations/{told['id']}/persons", f"/persons/{mark['id']}"):
        await analyst.get(path)
        await narrow.get(path, 404)
    await narrow.post(f"/persons/{mark['id']}/dismiss", status=404)
    await narrow.post(f"/observations/{told['id']}/persons", {"words": "grey wolf"}, 404)
    assert (await tajik_team.call("GET", f"/observations/{told['id']}/persons")).status_code == 403


async def test_r4_names_are_withheld_from_another_organization_and_stay_for_their_source(
    analyst: Desk, tajik_team: Desk, unama: Desk, reports: httpx.AsyncClient, told: Json, surname: str
) -> None:
    await analyst.post(f"/observations/{told['id']}/persons", {"words": "grey wolf"}, 201)
    await open_to(reports, told, "unama")
    outside = await unama.get(f"/observations/{told['id']}")
    assert outside["title"] == "Guards detained [name withheld] at the post"
    assert outside["text"] == "[name withheld] and the one called [name withheld] were led away."
    listed = [each for each in (await unama.get("/observations", limit=200))["items"] if each["id"] == told["id"]]
    assert listed == [outside]
    for inside in (analyst, tajik_team):
        assert (await inside.get(f"/observations/{told['id']}"))["title"] == told["title"]
    dismissed = (await persons(analyst, told))["grey wolf"]["mark"]
    await analyst.post(f"/persons/{dismissed}/dismiss")
    assert "grey wolf" in (await unama.get(f"/observations/{told['id']}"))["text"]
    assert surname not in str(await unama.get("/observations", limit=200))


async def test_r18_a_search_from_outside_confirms_no_name(
    analyst: Desk, tajik_team: Desk, unama: Desk, reports: httpx.AsyncClient, told: Json, surname: str, row: Row
) -> None:
    await open_to(reports, told, "unama")
    near = f"{surname[:-1]}w"
    for asked in (surname, f'"Jamshed {surname}"', surname[:6], near, f"guards {surname}"):
        assert (await unama.get("/observations", q=asked))["items"] == []
    for inside in (analyst, tajik_team):
        assert [each["id"] for each in (await inside.get("/observations", q=surname))["items"]] == [told["id"]]
    own = row(title=f"{surname} crossed over", label=OPEN)
    await unama.deliver("unama-field", [own])
    assert [each["external_id"] for each in (await unama.get("/observations", q=surname))["items"]] == [own["external_id"]]


@pytest.mark.parametrize("form", ["csv", "hxl", "geojson"])
async def test_r4_a_file_holds_no_names_unless_asked_with_a_reason(form: str, analyst: Desk, desk: Make, told: Json, surname: str) -> None:
    plain = await analyst.call("GET", "/incidents/export", params={"q": surname, "format": form})
    assert plain.status_code == 200
    assert surname not in plain.text
    assert "Guards detained [name withheld] at the post" in plain.text
    russian = await analyst.call("GET", "/incidents/export", params={"q": surname, "format": form, "locale": "ru"})
    assert "Guards detained [имя не указано] at the post" in russian.text
    asked = {"q": surname, "format": form, "names": "shown"}
    refused = await analyst.call("GET", "/incidents/export", params=asked)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (422, "reason-needed")
    political = await desk("political-officer").call("GET", "/incidents/export", params=asked | {"reason": "For the file"})
    assert (political.status_code, political.json()["type"].rsplit("/", 1)[1]) == (403, "names-withheld")
    shown = await analyst.call("GET", "/incidents/export", params=asked | {"reason": "The family asked where he is held"})
    assert f"Jamshed {surname}" in shown.text


async def test_r4_who_took_names_out_and_why_is_kept_and_audited(
    analyst: Desk, desk: Make, reports: httpx.AsyncClient, told: Json, surname: str
) -> None:
    taker = desk("analyst", client_id=f"taker-{surname}")
    asked = {"q": surname, "format": "csv", "names": "shown", "reason": f"Asked for by the family of {told['id']}"}
    assert (await taker.call("GET", "/incidents/export", params=asked)).status_code == 200
    (noted,) = [each for each in (await desk("head-of-centre").get("/names-shown"))["items"] if each["shown_by"] == f"taker-{surname}"]
    assert (noted["operation"], noted["reason"]) == ("exportIncidents", asked["reason"])
    assert (await analyst.call("GET", "/names-shown")).status_code == 403
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        rows = (await session.execute(select(AuditRow).where(AuditRow.actor == f"taker-{surname}"))).scalars().all()
    assert {told["incident"], noted["id"]} == {key for each in rows for key in each.ids}


async def test_r4_what_other_services_are_told_holds_no_names(analyst: Desk, reports: httpx.AsyncClient, told: Json) -> None:
    await analyst.post(f"/incidents/{told['incident']}/grade", {"reliability": "B", "credibility": 2})
    await analyst.post(f"/observations/{told['id']}/persons", {"words": "at the post"}, 201)
    async with reports.app.state.database.transaction(system_principal("reports")) as session:  # type: ignore[attr-defined]
        query = select(OutboxRow).where(OutboxRow.event["data"]["id"].astext == told["incident"], OutboxRow.type.contains("described"))
        events = (await session.execute(query.order_by(OutboxRow.seq))).scalars().all()
    titles = [each.event["data"]["title"] for each in events]
    assert titles == ["Guards detained [name withheld] at the post", "Guards detained [name withheld] [name withheld]"]
