"""What was said in talks and what happened meanwhile, from one service to the other over the real broker."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from tests.journeys.test_journey import Json, graded_incident, situation_report
from tests.platforms import People
from tests.waiting import eventually


async def test_f1_f2_a_graded_incident_comes_to_the_brief_and_a_filed_note_to_the_report(people: People, data: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    incident = await graded_incident(people, data, 7, occurred_at=yesterday.isoformat(), title="Shots at the canal")
    party = await people.post("political-officer", "/parties", {"kind": "government", "name": "A ministry", "countries": ["TJK"]})
    held = {"starts_at": (yesterday - timedelta(hours=2)).isoformat(), "ends_at": (yesterday + timedelta(hours=1)).isoformat()}
    about = {"title": "Canal", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
    meeting = await people.post("head-of-centre", "/engagements", {"kind": "unplanned-encounter"} | about | held)

    async def told() -> bool:
        brief = await people.get("political-officer", f"/engagements/{meeting['id']}/brief")
        return incident["id"] in {each["id"] for each in brief["incidents"]}

    await eventually(told)

    note = {"engagement": meeting["id"], "title": "Canal", "statements": [{"text": "They will open the gates."}]}
    filed = await people.post("political-officer", "/notes-to-file", note)
    await people.post("political-officer", f"/notes-to-file/{filed['id']}/file")
    report = situation_report([], "What was said")
    report["sections"][0]["statements"][0]["evidence"] = [{"type": "note-to-file", "id": filed["id"]}]

    async def cited() -> Json | None:
        answer = await people.try_post("analyst", "/reports", report)
        return answer.json() if answer.status_code == 201 else None

    statement = (await eventually(cited))["sections"][0]["statements"][0]
    assert statement["flags"] == []
    assert statement["meetings"] == {filed["id"]: meeting["id"]}


async def held_under_concurrence(people: People) -> tuple[Json, Json]:
    """A concurrence, and a meeting held on it."""

    async def officer(path: str, body: Any = None) -> Json:
        return await people.post("political-officer", path, body)

    party = await officer("/parties", {"kind": "other-party", "name": "A council", "countries": ["TJK"]})
    years = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2040-01-01T00:00:00Z"}
    scope = {"country": "TJK", "parties": [party["id"]], "themes": ["border"], "basis": "note-verbale"}
    concurrence = await officer("/concurrences", scope | years)
    granted = await officer(f"/concurrences/{concurrence['id']}/grant")
    times = {"starts_at": "2031-05-01T09:00:00Z", "ends_at": "2031-05-01T10:00:00Z"}
    about = {"kind": "meeting", "title": "Talks", "parties": [party["id"]], "countries": ["TJK"], "themes": ["border"]}
    meeting = await officer("/engagements", about | times)
    for step in ("schedule", "hold"):
        meeting = await officer(f"/engagements/{meeting['id']}/{step}")
    return granted, meeting


async def cleared_report(people: People, meeting: Json) -> Json:
    """A cleared report that rests on what was said there."""
    note = {"engagement": meeting["id"], "title": "Talks", "statements": [{"text": "They will come again."}]}
    filed = await people.post("political-officer", "/notes-to-file", note)
    await people.post("political-officer", f"/notes-to-file/{filed['id']}/file")
    body = situation_report([], f"What was said at {meeting['reference']}")
    body["sections"][0]["statements"][0]["evidence"] = [{"type": "note-to-file", "id": filed["id"]}]

    async def drafted() -> Json | None:
        answer = await people.try_post("analyst", "/reports", body)
        return answer.json() if answer.status_code == 201 else None

    report: Json = await eventually(drafted)
    for name, step in (("analyst", "submit"), ("reviewer", "review"), ("head-of-centre", "clear")):
        report = await people.post(name, f"/reports/{report['id']}/{step}")
    return report


async def test_r2_reports_knows_of_a_withdrawal_within_five_seconds_and_holds_what_rests_on_it(people: People) -> None:
    granted, meeting = await held_under_concurrence(people)
    report = await cleared_report(people, meeting)
    # Its stated date lies before the meeting: recorded late, it takes effect from then on (R3).
    withdrawal = {"reason": "By the note of that day.", "effective_at": granted["granted_at"]}
    await people.post("political-officer", f"/concurrences/{granted['id']}/withdraw", withdrawal)
    begun = monotonic()

    async def told() -> Json | None:
        statement: Json = (await people.get("analyst", f"/reports/{report['id']}"))["sections"][0]["statements"][0]
        rests_on = [(each["id"], each["standing"]) for each in statement["talks"][0]["concurrences"]]
        # Two events of one transaction: that the talk is flagged, and that the word was taken back.
        return statement if "held-after-withdrawal" in statement["flags"] and rests_on == [(granted["id"], "withdrawn")] else None

    await eventually(told, 5.0)
    assert monotonic() - begun < 5
    refused = await people.try_post("head-of-centre", f"/reports/{report['id']}/issue")
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (409, "evidence-missing")
    await people.post("head-of-centre", f"/reports/{report['id']}/keep-talks", {"reason": "The Ministry knows of it."})
    assert (await people.post("head-of-centre", f"/reports/{report['id']}/issue"))["state"] == "issued"


async def test_r1_who_withdraws_after_the_meeting_gags_no_report(people: People) -> None:
    granted, meeting = await held_under_concurrence(people)
    report = await cleared_report(people, meeting)
    await people.post("political-officer", f"/concurrences/{granted['id']}/withdraw", {"reason": "From now on."})

    async def told() -> bool:
        talks = (await people.get("analyst", f"/reports/{report['id']}"))["sections"][0]["statements"][0]["talks"]
        return [each["standing"] for each in talks[0]["concurrences"]] == ["withdrawn"]

    await eventually(told, 5.0)
    assert (await people.post("head-of-centre", f"/reports/{report['id']}/issue"))["state"] == "issued"
