"""R1 to R3 through the API: bases, terms, partial grants, lapse, late withdrawals, and what was known when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from chassis.database import Database
from chassis.principal import system_principal
from services.liaison.jobs import sweep_once
from tests.services.liaison.conftest import Json, Officer


def at(**ahead: float) -> str:
    """A moment from now, as RFC 3339."""
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


async def clock_passes(database: Database, field: str, concurrence: Json) -> None:
    """Let the clock pass a date of a concurrence, by setting the date back."""
    async with database.transaction(system_principal("liaison")) as session:
        await session.execute(
            text(f"update concurrences set {field} = now() - interval '1 second' where id = :id"), {"id": concurrence["id"]}
        )


async def scheduled(officer: Officer, party: Json, **more: Any) -> Json:
    meeting = await officer.engagement([party["id"]], **more)
    return await officer.step(f"/engagements/{meeting['id']}/schedule")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"valid_until": "2019-01-01T00:00:00Z"}, "/valid_until"),
        ({"parties": []}, "/party_kinds"),
        ({"country": "AFG"}, "/basis"),
        ({"confirm_by": "2026-01-01T00:00:00Z"}, "/confirm_by"),
        ({"term_ends": "2026-01-01T00:00:00Z"}, "/term_ends"),
        ({"themes": []}, "/themes"),
        ({"valid_until": "2030-01-01T00:00:00"}, "/valid_until"),
    ],
)
async def test_a_request_that_makes_no_sense_is_refused_where_it_does_not(officer: Officer, wrong: Json, pointer: str) -> None:
    party = await officer.party()
    body = {"country": "TJK", "parties": [party["id"]], "themes": ["border"], "basis": "note-verbale"}
    dates = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2031-01-01T00:00:00Z", "carried_by": "NV/2026/114"}
    assert (await officer.make("/concurrences", body | dates))["carried_by"] == "NV/2026/114"
    refused = await officer.post("/concurrences", body | dates | wrong)
    assert refused.status_code == 422
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_r1_an_oral_word_covers_until_it_should_have_been_confirmed(officer: Officer, database: Database) -> None:
    party = await officer.party()
    oral, other = [await officer.concurrence("TJK", [party["id"]], basis="oral") for _ in range(2)]
    assert oral["standing"] == "in-force"
    await clock_passes(database, "confirm_by", other)
    meeting = await scheduled(officer, party)
    assert meeting["concurrences"] == [oral["id"]]

    await clock_passes(database, "confirm_by", oral)
    assert (await officer.get(f"/concurrences/{oral['id']}"))["standing"] == "lapsed"
    assert (await officer.post(f"/engagements/{meeting['id']}/hold")).status_code == 409, "the clock judges before any sweep"
    assert (await officer.post(f"/concurrences/{oral['id']}/confirm", {"answered_by": "NV 1"})).status_code == 409
    await sweep_once(database)
    assert (await officer.get(f"/engagements/{meeting['id']}"))["state"] == "suspended"


async def test_r1_a_confirmed_oral_word_lasts(officer: Officer, database: Database) -> None:
    party = await officer.party()
    oral = await officer.concurrence("TJK", [party["id"]], basis="oral", confirm_by=at(days=3))
    confirmed = await officer.step(f"/concurrences/{oral['id']}/confirm", {"answered_by": "NV-TJ/91"})
    assert confirmed["answered_by"] == "NV-TJ/91"
    await clock_passes(database, "confirm_by", oral)
    await sweep_once(database)
    assert (await scheduled(officer, party))["concurrences"] == [oral["id"]]
    note = await officer.concurrence("TJK", [party["id"]])
    assert (await officer.post(f"/concurrences/{note['id']}/confirm", {"answered_by": "NV 1"})).status_code == 409


async def test_r1_silence_until_the_term_ends_is_unamas_no_objection(officer: Officer, database: Database) -> None:
    party = await officer.party(kind="de-facto-authorities", countries=("AFG",))
    asked, stopped = [await officer.request("AFG", [party["id"]], basis="no-objection", term_ends=at(days=5)) for _ in range(2)]
    assert (asked["given_by"], asked["standing"]) == ("unama", "requested")
    await officer.step(f"/concurrences/{stopped['id']}/decline", {"reason": "UNAMA objects."})
    meeting = await officer.engagement([party["id"]], countries=("AFG",))
    refused = await officer.post(f"/engagements/{meeting['id']}/schedule")
    assert [gap["country"] for gap in refused.json()["missing"]] == ["AFG"]

    for each in (asked, stopped):
        await clock_passes(database, "term_ends", each)
    assert (await officer.get(f"/concurrences/{asked['id']}"))["standing"] == "in-force"
    assert (await officer.step(f"/engagements/{meeting['id']}/schedule"))["concurrences"] == [asked["id"]]
    assert (await officer.post(f"/concurrences/{asked['id']}/decline", {"reason": "Too late."})).status_code == 409
    await sweep_once(database)
    assert [(await officer.get(f"/concurrences/{each['id']}"))["state"] for each in (asked, stopped)] == ["granted", "declined"]


async def test_r1_a_grant_narrows_and_never_widens(officer: Officer) -> None:
    party, other, ministry = [await officer.party(kind=kind) for kind in ("other-party", "other-party", "government")]
    asked = await officer.request("TJK", [], ("border", "political"), party_kinds=["other-party"], conditions="Inform us.")
    grant = f"/concurrences/{asked['id']}/grant"
    wider: Json = {
        "parties": [ministry["id"]],
        "party_kinds": ["government"],
        "themes": ["displacement"],
        "valid_from": "2019-01-01T00:00:00Z",
        "valid_until": "2032-01-01T00:00:00Z",
    }
    for field, value in wider.items():
        refused = await officer.post(grant, {field: value})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{field}")
    assert (await officer.get(f"/concurrences/{asked['id']}"))["state"] == "requested"

    granted = await officer.step(
        grant, {"parties": [party["id"]], "themes": ["border"], "conditions": "In Dushanbe.", "answered_by": "NV 7"}
    )
    assert (granted["parties"], granted["party_kinds"], granted["themes"]) == ([party["id"]], [], ["border"])
    assert granted["conditions"] == "Inform us.\nIn Dushanbe."
    assert (await scheduled(officer, party))["state"] == "scheduled"
    for parties, themes in ([other["id"]], ["border"]), ([party["id"]], ["political"]):
        meeting = await officer.engagement(parties, themes=themes)
        assert (await officer.post(f"/engagements/{meeting['id']}/schedule")).status_code == 409


async def test_r3_a_withdrawal_recorded_late_flags_what_was_held_and_shows_it_before(officer: Officer, database: Database) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    before = at()
    met, planned, over = [await scheduled(officer, party) for _ in range(3)]
    held = await officer.step(f"/engagements/{met['id']}/hold")
    assert held["held_after_withdrawal"] is False

    affected = await officer.get(f"/concurrences/{granted['id']}/affected?effective_at={before.replace('+', '%2B')}")
    assert [each["id"] for each in affected["flagged"]] == [met["id"]]
    assert {each["id"] for each in affected["suspended"]} == {planned["id"], over["id"]}

    early = {"reason": "The note of 2019.", "effective_at": "2019-01-01T00:00:00Z"}
    assert (await officer.post(f"/concurrences/{granted['id']}/withdraw", early)).status_code == 422
    await officer.step(f"/concurrences/{granted['id']}/withdraw", {"reason": "The note of last week.", "effective_at": before})
    flagged = await officer.get(f"/engagements/{met['id']}")
    assert (flagged["state"], flagged["held_after_withdrawal"], flagged["held_at"]) == ("held", True, held["held_at"])
    assert (await officer.get(f"/engagements/{planned['id']}"))["state"] == "suspended"
    assert (await officer.step(f"/engagements/{met['id']}/report"))["state"] == "reported", "nobody can gag a report"


async def test_r3_a_withdrawal_announced_for_a_day_leaves_what_ends_before_it(officer: Officer) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    may = await scheduled(officer, party)
    july = await scheduled(officer, party, starts_at="2030-07-01T09:00:00Z", ends_at="2030-07-01T11:00:00Z")
    withdrawn = await officer.step(
        f"/concurrences/{granted['id']}/withdraw", {"reason": "As of June.", "effective_at": "2030-06-01T00:00:00Z"}
    )
    assert (withdrawn["state"], withdrawn["standing"], withdrawn["ends_at"]) == ("withdrawn", "in-force", "2030-06-01T00:00:00Z")
    assert [(await officer.get(f"/engagements/{each['id']}"))["state"] for each in (may, july)] == ["scheduled", "suspended"]
    assert (await officer.post(f"/engagements/{july['id']}/schedule")).status_code == 409


async def test_r3_what_was_true_then_as_known_then(officer: Officer) -> None:
    party = await officer.party()
    unborn = at()
    granted = await officer.concurrence("TJK", [party["id"]])
    between = at()
    await officer.step(f"/concurrences/{granted['id']}/withdraw", {"reason": "Late.", "effective_at": between})
    after = at()

    async def told(as_of: str, known_at: str) -> list[str]:
        moment = f"as_of={as_of}&known_at={known_at}".replace("+", "%2B")
        listed = (await officer.get(f"/concurrences?party={party['id']}&{moment}"))["items"]
        if listed:
            assert (await officer.get(f"/concurrences/{granted['id']}?{moment}")) == listed[0]
        return [each["standing"] for each in listed]

    assert await told(after, between) == ["in-force"], "as known before the withdrawal was recorded"
    assert await told(after, after) == ["withdrawn"]
    assert await told(between.replace(between[:4], "2029", 1), after) == ["withdrawn"]
    assert await told(granted["granted_at"].replace("Z", "+00:00"), after) == ["in-force"]
    assert await told(unborn, after) == []
    assert (
        await officer.client.get(f"/v1/concurrences/{granted['id']}", params={"as_of": unborn}, headers=officer.headers)
    ).status_code == 404


async def test_r2_a_lapse_is_announced_once(officer: Officer, database: Database) -> None:
    party = await officer.party()
    granted = await officer.concurrence("TJK", [party["id"]])
    await clock_passes(database, "valid_until", granted)
    for _ in range(2):
        await sweep_once(database)
    count = text("select count(*) from outbox where type = 'liaison.concurrence.lapsed.v1' and event->>'subject' = :subject")
    async with database.transaction(system_principal("liaison")) as session:
        assert (await session.execute(count, {"subject": f"concurrence/{granted['id']}"})).scalar() == 1
    board = await officer.get("/concurrences/board?limit=200")
    assert granted["id"] not in [each["id"] for each in board["items"]]


async def test_the_board_shows_what_is_in_force_and_what_ends_soon(officer: Officer) -> None:
    party = await officer.party(countries=("UZB",))
    lasting, ending, oral = [
        await officer.concurrence("UZB", [party["id"]], **more)
        for more in ({}, {"valid_until": at(days=9)}, {"basis": "oral", "confirm_by": at(days=3)})
    ]
    await officer.request("UZB", [party["id"]])
    board = await officer.get("/concurrences/board?country=UZB&limit=200")
    shown = {each["id"] for each in board["items"] if each["parties"] == [party["id"]]}
    assert shown == {lasting["id"], ending["id"], oral["id"]}
    soon = await officer.get(f"/concurrences/board?country=UZB&limit=200&ending_before={at(days=30).replace('+', '%2B')}")
    assert {each["id"] for each in soon["items"] if each["parties"] == [party["id"]]} == {ending["id"], oral["id"]}
