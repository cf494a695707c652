"""From draft to issue through the API: R8, R9, R10, R11 and derived labels."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.reports.conftest import Desk, Make
from tests.services.reports.drafts import citing, report, statement

Json = dict[str, Any]


class Team:
    """The people of a clearance, and a graded incident to write of."""

    def __init__(self, desk: Make, analyst: Desk, incident: Json) -> None:
        self.analyst, self.incident = analyst, incident
        self.reviewer, self.head = desk("reviewer"), desk("head-of-centre")
        self.hq = desk("office", organization="hq", client_id="hq")

    async def draft(self, *statements: Json, **more: Any) -> Json:
        """A draft of the analyst's; it cites the incident unless told otherwise."""
        body = report(*(statements or (statement(evidence=citing(self.incident)),)), **more)
        return await self.analyst.post("/reports", body, 201)

    async def advance(self, made: Json, *steps: str) -> Json:
        """Each step by whom it belongs to."""
        by = {"submit": self.analyst, "review": self.reviewer, "clear": self.head, "issue": self.head}
        for step in steps:
            made = await by[step].post(f"/reports/{made['id']}/{step}")
        return made


@pytest.fixture
async def team(desk: Make, analyst: Desk, tajik_team: Desk, row: Callable[..., Json]) -> Team:
    """A graded incident, and the people."""
    told = row()
    await tajik_team.deliver("unct-tjk", [told])
    incident = await analyst.incident_of(told)
    graded = await analyst.post(f"/incidents/{incident['id']}/grade", {"reliability": "B", "credibility": 2})
    return Team(desk, analyst, graded)


async def test_r9_the_chain_runs_in_order_and_ends_in_issue(team: Team) -> None:
    made = await team.draft()
    for early in ("review", "clear", "issue"):
        refused = await team.head.post(f"/reports/{made['id']}/{early}", status=409)
        assert refused["type"].endswith("/wrong-state")
    issued = await team.advance(made, "submit", "review", "clear", "issue")
    assert [step["step"] for step in issued["steps"]] == ["drafted", "submitted", "reviewed", "cleared", "issued"]
    assert len({step["content_hash"] for step in issued["steps"]}) == 1


async def test_r9_no_one_reviews_or_clears_a_text_with_own_words(team: Team, desk: Make) -> None:
    body = report(statement(evidence=citing(team.incident)))
    own = await team.head.post("/reports", body, 201)
    await team.head.post(f"/reports/{own['id']}/submit")
    assert (await team.head.post(f"/reports/{own['id']}/review", status=403))["type"].endswith("/own-text")
    await team.reviewer.post(f"/reports/{own['id']}/review")
    assert (await team.head.post(f"/reports/{own['id']}/clear", status=403))["type"].endswith("/own-text")
    deputy = desk("head-of-centre", client_id="deputy-head")
    await deputy.post(f"/reports/{own['id']}/clear")


async def test_r9_who_reviewed_does_not_clear(team: Team, desk: Make) -> None:
    made = await team.advance(await team.draft(), "submit")
    both = desk("head-of-centre", client_id="both")
    await both.post(f"/reports/{made['id']}/review")
    assert (await both.post(f"/reports/{made['id']}/clear", status=403))["type"].endswith("/same-person")
    await team.head.post(f"/reports/{made['id']}/clear")


async def test_r9_an_edit_voids_the_clearance_and_its_editor_becomes_an_author(team: Team) -> None:
    made = await team.advance(await team.draft(), "submit", "review", "clear")
    edited = report(statement("Incidents stopped altogether.", evidence=citing(team.incident)))
    changed = await team.reviewer.put(f"/reports/{made['id']}", edited, made["version"])
    assert changed["state"] == "submitted"
    assert "reviewer" in changed["authors"]
    await team.head.post(f"/reports/{made['id']}/issue", status=409)
    assert (await team.reviewer.post(f"/reports/{made['id']}/review", status=403))["type"].endswith("/own-text")


async def test_r9_a_return_needs_a_comment_and_leads_back_to_draft(team: Team) -> None:
    made = await team.advance(await team.draft(), "submit")
    await team.reviewer.post(f"/reports/{made['id']}/return", {}, 422)
    back = await team.reviewer.post(f"/reports/{made['id']}/return", {"comment": "Say where."})
    assert (back["state"], back["steps"][-1]["comment"]) == ("draft", "Say where.")


async def test_r9_a_flash_needs_two_people(team: Team) -> None:
    made = await team.draft(kind="flash")
    flash = await team.advance(made, "submit", "clear", "issue")
    assert flash["state"] == "issued"


async def test_r8_issue_refuses_a_statement_without_graded_evidence(team: Team, tajik_team: Desk, row: Callable[..., Json]) -> None:
    told = row()
    await tajik_team.deliver("unct-tjk", [told])
    lead = await team.analyst.incident_of(told)
    made = await team.draft(statement("Leads tell of more.", evidence=citing(lead)))
    await team.advance(made, "submit", "review", "clear")
    refused = await team.head.post(f"/reports/{made['id']}/issue", status=409)
    assert refused["type"].endswith("/evidence-missing")
    assert refused["statements"][0]["reason"] == "cites no graded evidence"
    await team.analyst.post(f"/incidents/{lead['id']}/grade", {"reliability": "C", "credibility": 3})
    assert (await team.head.post(f"/reports/{made['id']}/issue"))["state"] == "issued"


async def test_r8_evidence_that_is_not_there_or_not_to_be_known_is_refused_alike(team: Team, desk: Make) -> None:
    absent = {"type": "incident", "id": "01999999-0000-7000-8000-000000000000"}
    for unknown in (absent, {"type": "observation", "id": "no-id"}, {"type": "statement", "id": "no-key"}):
        refused = await team.analyst.post("/reports", report(statement(evidence=[unknown])), 422)
        assert refused["errors"][0]["pointer"] == "/sections/0/statements/0/evidence/0/id"


async def test_r10_an_issued_report_is_immutable_and_a_recall_leaves_a_tombstone(team: Team) -> None:
    issued = await team.advance(await team.draft(), "submit", "review", "clear", "issue")
    body = report(statement("Other words.", evidence=citing(team.incident)))
    assert (await team.analyst.put(f"/reports/{issued['id']}", body, issued["version"], 409))["type"].endswith("/wrong-state")
    await team.head.post(f"/reports/{issued['id']}/recall", {"reason": "A source retracted."})
    tombstone = await team.head.get(f"/reports/{issued['id']}")
    assert (tombstone["state"], tombstone["steps"][-1]["comment"]) == ("recalled", "A source retracted.")
    assert (await team.hq.get(f"/reports/{issued['id']}"))["sections"] == []
    await team.hq.get(f"/reports/{issued['id']}/html", 410)


async def test_hq_reads_what_was_issued_to_it_and_no_draft(team: Team) -> None:
    made = await team.draft()
    await team.hq.get(f"/reports/{made['id']}", 404)
    await team.advance(made, "submit", "review", "clear", "issue")
    assert (await team.hq.get(f"/reports/{made['id']}"))["state"] == "issued"
    closed = await team.draft(label={"sensitivity": "unclassified", "tlp": "GREEN", "releasable_to": []})
    await team.advance(closed, "submit", "review", "clear", "issue")
    await team.hq.get(f"/reports/{closed['id']}", 404)


async def test_derived_label_is_as_strict_as_the_strictest_evidence(team: Team, unama: Desk, row: Callable[..., Json]) -> None:
    told = row(label={"sensitivity": "strictly-confidential", "tlp": "AMBER+STRICT", "releasable_to": ["hq"]}, country="AFG")
    await unama.deliver("unama-field", [told])
    strict = await team.analyst.incident_of(told)
    made = await team.draft(statement(evidence=citing(team.incident, strict)))
    label = made["label"]
    assert (label["sensitivity"], label["tlp"], label["releasable_to"]) == ("strictly-confidential", "AMBER+STRICT", ["hq"])
    assert set(label["countries"]) >= {"TJK", "AFG"}
    assert made["declared_label"]["sensitivity"] == "unclassified"


async def test_r11_an_issue_renews_by_the_evidence_s_own_time_and_again_resets_nothing(team: Team) -> None:
    async def cell() -> Json:
        board = await team.analyst.get("/freshness", country="TJK", theme="border", facet="situation")
        found: Json = board["items"][0]
        return found

    await team.advance(await team.draft(), "submit", "review", "clear", "issue")
    first = await cell()
    assert first["evidence_at"] >= team.incident["occurred_at"]
    await team.advance(await team.draft(), "submit", "review", "clear", "issue")
    assert (await cell())["evidence_at"] == first["evidence_at"]


async def test_documents_are_marked_and_hostile_text_stays_text(team: Team) -> None:
    hostile = "<script>alert(1)</script> #panic() $x$ Обстановка ӯқҳҷ"
    made = await team.draft(statement(hostile, evidence=citing(team.incident)))
    page = await team.analyst.call("GET", f"/reports/{made['id']}/html", params={"locale": "ru"})
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "ПРОЕКТ" in page.text
    assert page.text.count("TLP:GREEN") == 2
    pdf = await team.analyst.call("GET", f"/reports/{made['id']}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    again = await team.analyst.call("GET", f"/reports/{made['id']}/pdf")
    assert again.content == pdf.content
