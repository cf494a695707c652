"""Notes to file and readouts as evidence, at the API and through the inbox."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from chassis.columns import new_id
from chassis.database import Database
from chassis.inbox import Inbox
from chassis.outbox import envelope
from chassis.principal import system_principal
from contracts.events import Announcement
from contracts.events.liaison import ConcurrenceGranted, ConcurrenceWithdrawn, EngagementFlagged, NoteFiled, ReadoutApproved
from contracts.labels import Label
from tests.services.reports.conftest import Desk, Make
from tests.services.reports.drafts import Json, report, statement


def label(**more: Any) -> Label:
    """The label a note has by default."""
    return Label.model_validate({"originator": "centre", "themes": ["border"], "countries": ["TJK"]} | more)


def filed(**more: Any) -> NoteFiled:
    """A note to file, as liaison announces it."""
    said = {"id": new_id(), "label": label(), "engagement": new_id(), "concurrences": [new_id()], "held_after_withdrawal": False}
    return NoteFiled.model_validate(said | more)


async def hear(desk: Desk, announcement: Announcement, late: timedelta = timedelta(0)) -> None:
    """Hand an event of liaison to reports, as its inbox does; `late` after it was announced."""
    inboxes: list[Inbox] = desk.client.app.state.inboxes  # type: ignore[attr-defined]
    event = envelope(announcement, "test")
    event = event.model_copy(update={"time": event.time - late})
    await next(each for each in inboxes if each.source == "liaison").handle(event)


async def heard(desk: Desk, ago: str = "0 seconds") -> None:
    """Liaison was heard of so long ago."""
    database: Database = desk.client.app.state.database  # type: ignore[attr-defined]
    mark = (
        "insert into watermarks (source, seen_until) values ('liaison', now() - cast(:ago as interval))"
        " on conflict (source) do update set seen_until = excluded.seen_until"
    )
    async with database.transaction(system_principal("reports")) as session:
        await session.execute(text(mark), {"ago": ago})


def flagged(note: NoteFiled) -> EngagementFlagged:
    """Its talk turned out to have been held after a withdrawal."""
    said = {"id": note.engagement, "version": 4, "label": label(), "state": "reported", "concurrences": note.concurrences}
    return EngagementFlagged.model_validate(said)


def citing(*records: NoteFiled | ReadoutApproved) -> Json:
    """A report with one assessed statement that cites them."""
    return report(statement(evidence=[{"type": each.kind, "id": str(each.id)} for each in records]))


STEPS = {"submit": "analyst", "review": "reviewer", "clear": "head-of-centre", "issue": "head-of-centre"}


async def through(desk: Make, report: Json, *steps: str) -> Json:
    """The report after these steps of clearance, with liaison heard of."""
    await heard(desk("analyst"))
    for step in steps:
        report = await desk(STEPS[step]).post(f"/reports/{report['id']}/{step}")
    return report


@pytest.mark.parametrize("kind", ["note-to-file", "readout"])
async def test_r8_a_record_of_talks_supports_an_assessed_statement(analyst: Desk, kind: str) -> None:
    record: Any = filed()
    if kind == "readout":
        said = {"id": new_id(), "note": record.id, "label": label(), "engagement": new_id(), "concurrences": []}
        record = ReadoutApproved.model_validate(said)
    await analyst.post("/reports", citing(record), status=422)
    await hear(analyst, record)
    made = await analyst.post("/reports", citing(record), status=201)
    shown = made["sections"][0]["statements"][0]
    assert shown["flags"] == []
    assert shown["meetings"] == {str(record.id): str(record.engagement)}


async def test_r8_a_record_is_cited_as_what_it_is(analyst: Desk) -> None:
    note = filed()
    await hear(analyst, note)
    body = report(statement(evidence=[{"type": "readout", "id": str(note.id)}]))
    refused = await analyst.post("/reports", body, status=422)
    assert [each["pointer"] for each in refused["errors"]] == ["/sections/0/statements/0/evidence/0/id"]
    await analyst.post("/reports", citing(note), status=201)


async def test_r8_a_report_that_cites_a_stricter_note_becomes_stricter(analyst: Desk) -> None:
    plain, strict = filed(label=label(sensitivity="unclassified", tlp="GREEN")), filed(label=label(tlp="AMBER+STRICT"))
    for each in (plain, strict):
        await hear(analyst, each)
    labels = [(await analyst.post("/reports", citing(each), status=201))["label"] for each in (plain, strict)]
    assert [(each["sensitivity"], each["tlp"]) for each in labels] == [("unclassified", "GREEN"), ("confidential", "AMBER+STRICT")]


async def test_r18_a_note_that_may_not_be_read_is_like_one_that_is_not_there(analyst: Desk, desk: Make) -> None:
    hidden, seen = filed(label=label(sensitivity="strictly-confidential")), filed()
    for each in (hidden, seen):
        await hear(analyst, each)
    narrow = desk("analyst", access="confidential")
    refused = await narrow.post("/reports", citing(hidden), status=422)
    unknown = await narrow.post("/reports", citing(filed()), status=422)
    assert refused | {"request_id": ""} == unknown | {"request_id": ""}
    await narrow.post("/reports", citing(seen), status=201)
    await analyst.post("/reports", citing(hidden), status=201)


async def test_r1_a_withdrawal_after_the_meeting_leaves_the_evidence_standing(analyst: Desk) -> None:
    note = filed()
    await hear(analyst, note)
    made = await analyst.post("/reports", citing(note), status=201)
    scope = {"country": "TJK", "parties": [], "themes": ["border"], "valid_from": made["created_at"], "valid_until": made["created_at"]}
    said = {"id": note.concurrences[0], "version": 3, "label": label(), "suspended": []}
    await hear(analyst, ConcurrenceWithdrawn.model_validate(said | scope))
    again = await analyst.get(f"/reports/{made['id']}")
    assert again["sections"][0]["statements"][0]["flags"] == []
    await analyst.post("/reports", citing(note), status=201)


async def test_the_same_note_heard_twice_is_kept_once(analyst: Desk) -> None:
    note = filed()
    for _ in range(2):
        await hear(analyst, note)
    await hear(analyst, note.model_copy(update={"version": 1, "label": label(sensitivity="unclassified", tlp="CLEAR")}))
    made = await analyst.post("/reports", citing(note), status=201)
    assert made["label"]["sensitivity"] == "confidential", "what came later does not loosen it"


async def test_r13_outside_the_centre_nothing_leads_back_to_the_meeting(analyst: Desk, desk: Make) -> None:
    note = filed(label=label(sensitivity="unclassified", tlp="GREEN", releasable_to=["hq"]))
    await hear(analyst, note)
    made = await analyst.post("/reports", citing(note), status=201)
    await through(desk, made, "submit", "review", "clear", "issue")
    inside = await analyst.get(f"/reports/{made['id']}")
    outside = await desk("office", organization="hq", client_id="hq").get(f"/reports/{made['id']}")
    assert str(note.engagement) in str(inside)
    assert str(note.engagement) not in str(outside)
    assert outside["sections"][0]["statements"][0]["evidence_count"] == 1


def statement_of(report: Json) -> Json:
    """Its one statement."""
    found: Json = report["sections"][0]["statements"][0]
    return found


async def test_r3_a_talk_held_after_a_withdrawal_is_decided_by_the_head_or_dropped(analyst: Desk, desk: Make) -> None:
    note, other, head = filed(), filed(), desk("head-of-centre")
    for each in (note, other):
        await hear(analyst, each)
    made, sound = [await analyst.post("/reports", citing(each), status=201) for each in (note, other)]
    await through(desk, made, "submit", "review", "clear")
    await head.post(f"/reports/{made['id']}/keep-talks", {"reason": "So."}, status=409)
    await hear(analyst, flagged(note))

    shown = statement_of(await analyst.get(f"/reports/{made['id']}"))
    assert shown["flags"] == ["unsupported", "held-after-withdrawal"]
    assert shown["talks"][0]["flagged_at"]
    refused = await head.post(f"/reports/{made['id']}/issue", status=409)
    assert refused["type"].endswith("/evidence-missing")
    assert "the Head keeps it" in refused["statements"][0]["reason"]
    await through(desk, sound, "submit", "review", "clear", "issue")

    await analyst.post(f"/reports/{made['id']}/keep-talks", {"reason": "So."}, status=403)
    kept = await head.post(f"/reports/{made['id']}/keep-talks", {"reason": "The ministry said the same in public."})
    assert (kept["steps"][-1]["step"], kept["steps"][-1]["by"]) == ("kept", "head-of-centre")
    issued = await head.post(f"/reports/{made['id']}/issue")
    assert (issued["state"], statement_of(issued)["flags"]) == ("issued", ["held-after-withdrawal"])


async def test_r3_what_is_dropped_needs_no_decision_and_another_flag_asks_for_a_new_one(analyst: Desk, desk: Make) -> None:
    note, sound, head = filed(), filed(), desk("head-of-centre")
    for each in (note, sound):
        await hear(analyst, each)
    made = await analyst.post("/reports", citing(note, sound), status=201)
    await hear(analyst, flagged(note))
    await through(desk, made, "submit", "review", "clear")
    await head.post(f"/reports/{made['id']}/keep-talks", {"reason": "So."})
    await hear(analyst, flagged(note))
    await head.post(f"/reports/{made['id']}/issue", status=409)
    found = await analyst.get(f"/reports/{made['id']}")
    edited = await analyst.put(f"/reports/{made['id']}", citing(sound), found["version"])
    assert statement_of(edited)["flags"] == []
    await through(desk, edited, "review")
    deputy = desk("head-of-centre", client_id="deputy")
    for step in ("clear", "issue"):
        edited = await deputy.post(f"/reports/{made['id']}/{step}")
    assert edited["state"] == "issued"


async def test_r2_what_is_issued_while_the_news_of_a_withdrawal_comes_is_refused_or_recalled(analyst: Desk, desk: Make) -> None:
    for _ in range(10):
        note = filed()
        await hear(analyst, note)
        made = await analyst.post("/reports", citing(note), status=201)
        await through(desk, made, "submit", "review", "clear")
        issue = desk("head-of-centre").call("POST", f"/reports/{made['id']}/issue")
        answer, _ = await asyncio.gather(issue, hear(analyst, flagged(note), late=timedelta(seconds=1)))
        state = (await analyst.get(f"/reports/{made['id']}"))["state"]
        assert (answer.status_code, state) in [(200, "recalled"), (409, "cleared")]


async def test_r3_a_note_filed_after_the_flag_and_its_readout_bear_it(analyst: Desk) -> None:
    note = filed(held_after_withdrawal=True)
    said = {"id": new_id(), "note": note.id, "label": label(), "engagement": note.engagement, "concurrences": note.concurrences}
    readout = ReadoutApproved.model_validate(said)
    for each in (note, readout):
        await hear(analyst, each)
        assert "held-after-withdrawal" in statement_of(await analyst.post("/reports", citing(each), status=201))["flags"]


async def test_r3_a_flag_binds_those_who_may_not_read_the_note(analyst: Desk, desk: Make) -> None:
    hidden, seen = filed(label=label(sensitivity="strictly-confidential", tlp="GREEN")), filed()
    for each in (hidden, seen):
        await hear(analyst, each)
    made = await analyst.post("/reports", citing(hidden, seen), status=201)
    await hear(analyst, flagged(hidden))
    await through(desk, made, "submit", "review", "clear")
    await desk("head-of-centre").post(f"/reports/{made['id']}/issue", status=409)


async def test_r2_what_was_issued_between_a_withdrawal_and_its_news_is_recalled_by_itself(analyst: Desk, desk: Make) -> None:
    slipped, before = filed(), filed()
    for each in (slipped, before):
        await hear(analyst, each)
    reports = [await analyst.post("/reports", citing(each), status=201) for each in (slipped, before)]
    for each in reports:
        await through(desk, each, "submit", "review", "clear", "issue")
    await hear(analyst, flagged(slipped), late=timedelta(seconds=30))
    await hear(analyst, flagged(before))
    recalled, standing = [await analyst.get(f"/reports/{each['id']}") for each in reports]
    assert (recalled["state"], recalled["steps"][-1]["by"]) == ("recalled", "system:reports")
    assert (standing["state"], statement_of(standing)["flags"]) == ("issued", ["held-after-withdrawal"])


async def test_r2_on_a_stale_copy_of_liaison_nothing_that_rests_on_talks_is_issued(analyst: Desk, desk: Make) -> None:
    note = filed()
    await hear(analyst, note)
    made = await analyst.post("/reports", citing(note), status=201)
    await through(desk, made, "submit", "review", "clear")
    database: Database = analyst.client.app.state.database  # type: ignore[attr-defined]
    # An event that was given up: until it is replayed the watermark stands still.
    hole = {"id": new_id()}
    given_up = (
        "insert into dead_letters (event_id, type, event, failures, error, failed_at)"
        " values (:id, 'liaison.notes.filed.v1', '{}', 5, 'test', now())"
    )
    async with database.transaction(system_principal("reports")) as session:
        await session.execute(text(given_up), hole)
    try:
        await heard(analyst, "6 seconds")
        refused = await desk("head-of-centre").post(f"/reports/{made['id']}/issue", status=503)
        assert refused["type"].endswith("/stale-copy")
    finally:
        async with database.transaction(system_principal("reports")) as session:
            await session.execute(text("delete from dead_letters where event_id = :id"), hole)
    await through(desk, made, "issue")


async def test_r2_the_concurrences_a_talk_rests_on_are_shown_as_they_stand_to_who_may_know_of_them(analyst: Desk, desk: Make) -> None:
    note = filed()
    await hear(analyst, note)
    made = await analyst.post("/reports", citing(note), status=201)
    moments = {"valid_from": made["created_at"], "valid_until": made["created_at"]}
    scope = {"country": "TJK", "parties": [], "themes": ["border"]} | moments
    said = {"id": note.concurrences[0], "label": label(sensitivity="strictly-confidential")} | scope
    shown = []
    for each in (ConcurrenceGranted.model_validate(said), ConcurrenceWithdrawn.model_validate(said | {"suspended": []})):
        await hear(analyst, each)
        rests_on = statement_of(await analyst.get(f"/reports/{made['id']}"))["talks"][0]["concurrences"]
        shown.append([(found["id"], found["country"], found["standing"]) for found in rests_on])
    key = str(note.concurrences[0])
    assert shown == [[(key, "TJK", "granted")], [(key, "TJK", "withdrawn")]]
    narrow = await desk("analyst", access="confidential").get(f"/reports/{made['id']}")
    assert statement_of(narrow)["talks"][0]["concurrences"] == []
