"""One journey through all five functions of the mandate, over the gateway's public API only, on real rows."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.listeners import Hooks, Listener, hooks, listening
from tests.journeys.rows import ucdp_rows
from tests.platforms import LoadedPlatform, People
from tests.waiting import eventually

Json = dict[str, Any]
RELEASED = "coordination.exchange.released.v1"
OPEN = {"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": ["hq", "osce", "sco"]}


async def graded_incident(people: People, data: Path, start: int, theme: str = "border", **more: Any) -> Json:
    """One real event of Tajikistan, sent by the country team and graded by the analyst."""
    row = ucdp_rows(data, "TJK", 1, start)[0] | {"themes": [theme]} | more
    receipt = await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row])
    assert (receipt["accepted"], receipt["rejected"]) == (1, 0)
    found = await people.get("analyst", f"/observations?feed=unct-tjk&external_id={row['external_id']}")
    incident = found["items"][0]["incident"]
    return await people.post("analyst", f"/incidents/{incident}/grade", {"reliability": "B", "credibility": 2})


def situation_report(evidence: list[str], title: str = "Border situation", label: Json | None = None) -> Json:
    """A report with one assessed statement that cites `evidence`."""
    cited = [{"type": "incident", "id": each} for each in evidence]
    statement = {"kind": "assessed", "text": f"{title}: incidents continued at the border.", "evidence": cited}
    return {
        "kind": "situation-report",
        "title": title,
        "countries": ["TJK"],
        "themes": ["border"],
        "label": label or OPEN,
        "sections": [{"title": "Situation", "statements": [statement]}],
    }


async def issue(people: People, report: Json) -> Json:
    """Through the whole clearance."""
    for name, step in [("analyst", "submit"), ("reviewer", "review"), ("head-of-centre", "clear"), ("head-of-centre", "issue")]:
        report = await people.post(name, f"/reports/{report['id']}/{step}")
    return report


async def test_f2_a_feed_posts_real_rows_once_and_refused_rows_are_listed(people: People, data: Path) -> None:
    rows = [*ucdp_rows(data, "KGZ", 20), {"external_id": "bad", "occurred_at": "yesterday", "title": "no place"}]
    first = await people.try_post("unct-kgz", "/feeds/unct-kgz/submissions", rows)
    assert first.status_code == 202
    receipt = first.json()
    assert (receipt["received"], receipt["accepted"], receipt["duplicate"], receipt["rejected"]) == (len(rows), len(rows) - 1, 0, 1)
    assert first.headers["location"].endswith(receipt["id"])
    rejections = await people.get("unct-kgz", f"/submissions/{receipt['id']}/rejections")
    assert {each["row"] for each in rejections["items"]} == {len(rows)}
    assert all(each["reason"] and each["pointer"] for each in rejections["items"])

    again = await people.post("unct-kgz", "/feeds/unct-kgz/submissions", rows)
    assert again["id"] == receipt["id"]
    reordered = await people.post("unct-kgz", "/feeds/unct-kgz/submissions", list(reversed(rows)))
    assert (reordered["accepted"], reordered["duplicate"]) == (0, len(rows) - 1)


async def test_f2_a_report_is_evidenced_cleared_by_others_and_read_by_headquarters(people: People, data: Path) -> None:
    row = ucdp_rows(data, "TJK", 1, 0)[0]
    await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row])
    incident = (await people.get("analyst", f"/observations?feed=unct-tjk&external_id={row['external_id']}"))["items"][0]["incident"]
    report = await people.post("analyst", "/reports", situation_report([incident]))
    await people.post("analyst", f"/reports/{report['id']}/submit")

    own = await people.try_post("analyst", f"/reports/{report['id']}/review")
    assert own.status_code == 403
    await people.post("reviewer", f"/reports/{report['id']}/review")
    await people.post("head-of-centre", f"/reports/{report['id']}/clear")
    refused = await people.try_post("head-of-centre", f"/reports/{report['id']}/issue")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/evidence-missing")

    before = await freshness(people)
    await people.post("analyst", f"/incidents/{incident}/grade", {"reliability": "B", "credibility": 2})
    issued = await people.post("head-of-centre", f"/reports/{report['id']}/issue")
    assert issued["state"] == "issued"
    after = await freshness(people)
    assert after["evidence_at"] is not None
    assert before["evidence_at"] is None or after["evidence_at"] >= before["evidence_at"]

    page = await people.try_get("hq", f"/reports/{report['id']}/html")
    assert page.status_code == 200
    assert "UNCLASSIFIED" in page.text
    assert "incidents continued at the border" in page.text
    pdf = await people.try_get("hq", f"/reports/{report['id']}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert (await people.try_get("osce", f"/reports/{report['id']}")).status_code in (403, 404)


async def freshness(people: People) -> Json:
    """The cell of Tajikistan and border; a theme beyond the mandate's four is on the board once it was told of."""
    cells = (await people.get("analyst", "/freshness?country=TJK&theme=border&facet=situation"))["items"]
    return cells[0] if cells else {"evidence_at": None}


async def test_f2_a_report_bears_the_label_of_its_strictest_evidence(people: People, data: Path) -> None:
    row = ucdp_rows(data, "TJK", 1, 1)[0] | {"label": {"sensitivity": "confidential", "tlp": "AMBER", "releasable_to": ["hq"]}}
    await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [row])
    incident = (await people.get("analyst", f"/observations?feed=unct-tjk&external_id={row['external_id']}"))["items"][0]["incident"]
    report = await people.post("analyst", "/reports", situation_report([incident]))
    label = report["label"]
    assert (label["sensitivity"], label["tlp"], label["releasable_to"]) == ("confidential", "AMBER", ["hq"])


@pytest.fixture
async def osce_hooks(people: People) -> Any:
    """OSCE's web server, registered for what is released to it."""
    async with hooks() as server:
        made = await people.post("osce", "/webhooks", {"url": server.url, "events": [RELEASED, "coordination.exchange.recalled.v1"]})
        server.secret = made["secret"]
        yield server
        await people.post("osce", f"/webhooks/{made['id']}/disable")


async def test_f3_osce_gets_by_webhook_and_stream_what_its_mandate_covers(
    people: People, platform: LoadedPlatform, data: Path, osce_hooks: Hooks
) -> None:
    incident = await graded_incident(people, data, 2)
    report = await people.post("analyst", "/reports", situation_report([incident["id"]], "For OSCE"))
    async with listening(platform.base_url, people.headers("osce")) as stream, listening(platform.base_url, people.headers("sco")) as other:
        await issue(people, report)
        await eventually(lambda: osce_hooks.of(RELEASED) and stream.of(RELEASED))
        assert not other.of(RELEASED)
    package = osce_hooks.of(RELEASED)[0]["data"]["id"]
    assert stream.of(RELEASED)[0]["subject"]["id"] == package

    delivered = await people.get("osce", f"/packages/{package}")
    assert delivered["content"]["sections"][0]["statements"][0]["text"].startswith("For OSCE")
    assert "SIT-" not in str(delivered)
    assert report["id"] not in str(delivered)
    acknowledged = await people.post("osce", f"/packages/{package}/acknowledge")
    assert acknowledged["state"] == "acknowledged"
    assert (await people.try_get("sco", f"/packages/{package}")).status_code == 404

    refused = await people.get("coordination-officer", f"/release-decisions?item=report:{report['id']}&recipient=sco")
    assert refused["decision"] == "refuse"
    assert refused["rule"].startswith("R13")
    assert refused["reason"]


async def test_f3_without_a_standing_order_a_package_waits_for_a_named_officer(people: People, data: Path) -> None:
    incident = await graded_incident(people, data, 3, "terrorism-extremism")
    label = OPEN | {"releasable_to": ["hq", "cis"]}
    body = situation_report([incident["id"]], "For CIS", label) | {"themes": ["terrorism-extremism"]}
    report = await issue(people, await people.post("analyst", "/reports", body))

    async def waiting() -> Json | None:
        found = (await people.get("coordination-officer", f"/packages?recipient=cis&item=report:{report['id']}"))["items"]
        return found[0] if found else None

    package = await eventually(waiting)
    assert package["state"] == "proposed"
    assert (await people.try_get("cis", f"/packages/{package['id']}")).status_code == 404
    officer = await people.try_post("coordination-officer", f"/packages/{package['id']}/release")
    # Tajikistan is a member of the recipient: the Head releases (R13).
    assert officer.status_code in (403, 409)
    await people.post("head-of-centre", f"/packages/{package['id']}/release")

    async def delivered() -> bool:
        return (await people.try_get("cis", f"/packages/{package['id']}")).status_code == 200

    await eventually(delivered)


async def test_f1_r1_r2_a_meeting_needs_concurrence_and_its_withdrawal_suspends_it(people: People) -> None:
    party = await people.post("political-officer", "/parties", {"kind": "other-party", "name": "A council", "countries": ["KGZ"]})
    meeting = {
        "kind": "meeting",
        "title": "Talks",
        "parties": [party["id"]],
        "countries": ["KGZ"],
        "themes": ["border"],
        "starts_at": "2030-05-01T09:00:00Z",
        "ends_at": "2030-05-01T11:00:00Z",
    }
    proposed = await people.post("political-officer", "/engagements", meeting)
    schedule = f"/engagements/{proposed['id']}/schedule"
    refused = await people.try_post("political-officer", schedule)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/concurrence-missing")
    assert "KGZ" in refused.json()["detail"]
    assert "A council" in refused.json()["detail"]

    asked = {
        "country": "KGZ",
        "parties": [party["id"]],
        "themes": ["border"],
        "valid_from": "2030-01-01T00:00:00Z",
        "valid_until": "2031-01-01T00:00:00Z",
        "basis": "note-verbale",
    }
    concurrence = await people.post("political-officer", "/concurrences", asked)
    await people.post("political-officer", f"/concurrences/{concurrence['id']}/grant")
    assert (await people.post("political-officer", schedule))["state"] == "scheduled"

    second = await people.post("political-officer", "/engagements", meeting)
    await asyncio.gather(
        people.try_post("political-officer", f"/engagements/{second['id']}/schedule"),
        people.try_post("political-officer", f"/concurrences/{concurrence['id']}/withdraw", {"reason": "The note of today."}),
    )
    states = [(await people.get("political-officer", f"/engagements/{each['id']}"))["state"] for each in (proposed, second)]
    assert states[0] == "suspended"
    assert states[1] in ("suspended", "proposed")


async def test_f5_r6_unama_s_account_stands_beside_the_country_teams(people: People, data: Path) -> None:
    ours = ucdp_rows(data, "TJK", 1, 4)[0]
    theirs = ours | {"external_id": "unama-120", "country": "AFG", "latitude": ours["latitude"] + 0.05}
    theirs["figures"] = {"deaths": {"best": 99, "low": 90, "high": 120}}
    await people.post("unct-tjk", "/feeds/unct-tjk/submissions", [ours])
    await people.post("unama-field", "/feeds/unama-field/submissions", [theirs])
    observation = (await people.get("analyst", f"/observations?feed=unct-tjk&external_id={ours['external_id']}"))["items"][0]
    incident = await people.get("analyst", f"/incidents/{observation['incident']}")
    figures = {account["source"]: account["figures"]["deaths"]["best"] for account in incident["accounts"]}
    assert figures == {"unct-tjk": ours["figures"]["deaths"]["best"], "unama": 99}
    assert {"AFG", "TJK"} <= set(incident["countries"])


async def test_f4_r21_an_activity_against_an_objective_shows_in_the_coverage(people: People) -> None:
    objective = {"title": "Borders are safe", "place": "KAZ", "theme": "organized-crime", "indicator_text": "yearly"}
    made = await people.post("coordination-officer", "/objectives", objective)
    cell = await coverage(people)
    assert cell["state"] == "gap"
    activity = {
        "external_id": "kaz-1",
        "title": "Customs training",
        "country": "KAZ",
        "themes": ["organized-crime"],
        "starts_on": "2026-01-01",
    }
    done = await people.post("unct-kaz", "/activities", activity)
    await people.post("coordination-officer", f"/activities/{done['id']}/align", {"objective": made["id"]})
    cell = await coverage(people)
    assert cell["state"] == "covered"
    assert cell["organizations"] == ["unct-kaz"]


async def coverage(people: People) -> Json:
    """The cell of Kazakhstan and organized crime."""
    cells = (await people.get("coordination-officer", "/coverage"))["cells"]
    return next(cell for cell in cells if (cell["place"], cell["theme"]) == ("KAZ", "organized-crime"))


async def test_f3_r20_an_initiative_of_others_gets_a_step_of_encouragement_with_a_date(people: People) -> None:
    body = {"title": "Talks on water", "owner": "osce", "countries": ["KGZ"], "themes": ["water-energy"], "state": "First round held"}
    initiative = await people.post("coordination-officer", "/initiatives", body)
    step = {"text": "Offer a venue", "due_on": "2030-02-01"}
    stepped = await people.post("coordination-officer", f"/initiatives/{initiative['id']}/steps", step)
    assert stepped["next_step_on"] == "2030-02-01"


async def test_a_stream_that_broke_off_resumes_without_a_gap(people: People, platform: LoadedPlatform, data: Path) -> None:
    listener = Listener()
    accepted = "reports.intake.accepted.v1"
    async with listening(platform.base_url, people.headers("analyst"), listener):
        await people.post("unct-uzb", "/feeds/unct-uzb/submissions", ucdp_rows(data, "UZB", 1, 0))
        await eventually(lambda: listener.of(accepted))
    for number in (1, 2):
        await people.post("unct-uzb", "/feeds/unct-uzb/submissions", ucdp_rows(data, "UZB", 1, number))
    async with listening(platform.base_url, people.headers("analyst"), listener):
        await eventually(lambda: len(listener.of(accepted)) >= 3)
    ids = [event["id"] for event in listener.events]
    assert len(ids) == len(set(ids))


async def test_whoami_and_the_audit_trail(people: People) -> None:
    me = await people.get("analyst", "/whoami")
    assert me["organization"] == "centre"
    assert {"gradeIncident", "draftReport"} <= set(me["permissions"])
    assert "issueReport" not in me["permissions"]
    assert (await people.try_get("analyst", "/audit")).status_code == 403
    trail = await people.get("auditor", "/audit?actor=analyst&limit=5")
    assert len(trail["items"]) == 5
    assert {"readWhoami"} <= {record["operation"] for record in trail["items"]}
    more = await people.get("auditor", f"/audit?actor=analyst&limit=5&cursor={trail['next']}")
    assert not {record["id"] for record in trail["items"]} & {record["id"] for record in more["items"]}
