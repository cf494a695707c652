"""What was said in talks and what happened meanwhile, from one service to the other over the real broker."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

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
