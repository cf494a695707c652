"""Notes to file and readouts as evidence, at the API and through the inbox."""

from typing import Any

import pytest

from chassis.columns import new_id
from chassis.inbox import Inbox
from chassis.outbox import envelope
from contracts.events import Announcement
from contracts.events.liaison import ConcurrenceWithdrawn, NoteFiled, ReadoutApproved
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


async def hear(desk: Desk, announcement: Announcement) -> None:
    """Hand an event of liaison to reports, as its inbox does."""
    inboxes: list[Inbox] = desk.client.app.state.inboxes  # type: ignore[attr-defined]
    await next(each for each in inboxes if each.source == "liaison").handle(envelope(announcement, "test"))


def citing(*records: NoteFiled | ReadoutApproved) -> Json:
    """A report with one assessed statement that cites them."""
    return report(statement(evidence=[{"type": each.kind, "id": str(each.id)} for each in records]))


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
    reviewer, head = desk("reviewer"), desk("head-of-centre")
    for who, step in ((analyst, "submit"), (reviewer, "review"), (head, "clear"), (head, "issue")):
        await who.post(f"/reports/{made['id']}/{step}")
    inside = await analyst.get(f"/reports/{made['id']}")
    outside = await desk("office", organization="hq", client_id="hq").get(f"/reports/{made['id']}")
    assert str(note.engagement) in str(inside)
    assert str(note.engagement) not in str(outside)
    assert outside["sections"][0]["statements"][0]["evidence_count"] == 1
