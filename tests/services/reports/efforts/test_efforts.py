"""Efforts: what is being done, ours or others', collected, graded and cited like what goes wrong (F2, R8, R11)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reports.efforts.rules import AHEAD, flaw_of_times
from tests.services.reports.conftest import Desk, Make

Json = dict[str, Any]
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
times = st.integers(-1000, 1000).map(lambda hours: AT + timedelta(hours=hours))


@given(times, st.none() | times)
def test_times_hold_when_it_has_begun_and_ends_after(begins: datetime, ends: datetime | None) -> None:
    holds = begins <= AT + AHEAD and (ends is None or ends >= begins)
    assert (flaw_of_times(begins, ends, AT) is None) == holds


def effort(**more: Any) -> Json:
    """A body of an effort."""
    return {
        "kind": "dialogue",
        "title": "Joint water commission meets in Isfara",
        "actors": ["District councils of Batken and Isfara"],
        "countries": ["KGZ", "TJK"],
        "themes": ["water-energy"],
        "occurred_at": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
    } | more


@pytest.fixture
async def told(analyst: Desk) -> Json:
    """An effort that the Centre tells of."""
    return await analyst.post("/efforts", effort(), 201)


async def test_an_effort_is_told_found_and_edited_under_its_version(analyst: Desk, told: Json) -> None:
    assert told["reference"].startswith("EFF-")
    assert (told["source"], told["label"]["originator"], told["label"]["countries"]) == ("centre", "centre", ["KGZ", "TJK"])
    for asked in ({"country": "KGZ"}, {"theme": "water-energy"}, {"q": "commission"}, {"since": told["occurred_at"]}):
        assert told["id"] in [each["id"] for each in (await analyst.get("/efforts", limit=200, **asked))["items"]], asked
    for other in ({"country": "KAZ"}, {"theme": "border"}, {"q": "granary"}):
        assert told["id"] not in [each["id"] for each in (await analyst.get("/efforts", limit=200, **other))["items"]], other
    graded = await analyst.post(f"/efforts/{told['id']}/grade", {"reliability": "A", "credibility": 1})
    assert (graded["reliability"], graded["credibility"]) == ("A", 1)
    await analyst.put(f"/efforts/{told['id']}", effort(title="Stale"), told["version"], 412)
    edited = await analyst.put(f"/efforts/{told['id']}", effort(title="The commission met twice"), graded["version"])
    assert (edited["title"], edited["reliability"]) == ("The commission met twice", None)


async def test_bad_efforts_are_refused_with_the_place(analyst: Desk) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    for flaw, pointer in (
        ({"occurred_at": tomorrow}, "/occurred_at"),
        ({"ends_at": "2001-01-01T00:00:00Z"}, "/ends_at"),
        ({"incidents": ["01939c5e-7a10-7c3e-9d52-3f0a6b1c2d4e"]}, "/incidents/0"),
        ({"countries": []}, "/countries"),
        ({"kind": "war"}, "/kind"),
        ({"title": "a\u0000b"}, ""),
    ):
        refused = await analyst.post("/efforts", effort(**flaw), 422)
        assert any(pointer in each["pointer"] for each in refused["errors"]), refused


async def test_a_feed_tells_of_its_own_and_sees_neither_grade_nor_number(analyst: Desk, tajik_team: Desk, desk: Make, told: Json) -> None:
    theirs = await tajik_team.post("/efforts", effort(label={"sensitivity": "unclassified"}), 201)
    assert (theirs["source"], theirs["reference"]) == ("unct-tjk", None)
    await tajik_team.post(f"/efforts/{theirs['id']}/grade", {"reliability": "A", "credibility": 1}, 403)
    await analyst.post(f"/efforts/{theirs['id']}/grade", {"reliability": "B", "credibility": 2})
    seen = await tajik_team.get(f"/efforts/{theirs['id']}")
    assert (seen["reliability"], seen["credibility"]) == (None, None)
    await tajik_team.get(f"/efforts/{told['id']}", 404)
    await desk("feed", client_id="unct-uzb", organization="unct-uzb").get(f"/efforts/{theirs['id']}", 404)
    await tajik_team.post("/efforts", effort(label={"originator": "unama"}), 422)


async def test_incidents_one_may_not_read_are_neither_named_nor_answered_to(
    analyst: Desk, unama: Desk, desk: Make, row: Callable[..., Json]
) -> None:
    strict = row(country="AFG")
    await unama.deliver("unama-field", [strict])
    incident = (await analyst.observation_of(strict))["incident"]
    told = await analyst.post("/efforts", effort(incidents=[incident], label={"sensitivity": "unclassified"}), 201)
    assert told["incidents"] == [incident]
    assert [each["id"] for each in (await analyst.get("/efforts", incident=incident))["items"]] == [told["id"]]
    assert (await analyst.get("/efforts", incident=told["id"]))["items"] == []
    narrow = desk("analyst", client_id="narrow", access="unclassified")
    assert (await narrow.get(f"/efforts/{told['id']}"))["incidents"] == []
    assert (await narrow.get("/efforts", incident=incident))["items"] == [], "what it answers to is not confirmed"
    await narrow.post("/efforts", effort(incidents=[incident], label={"sensitivity": "unclassified"}), 422)


async def test_an_effort_is_found_at_what_its_incident_became(analyst: Desk, tajik_team: Desk, row: Callable[..., Json]) -> None:
    rows = [row(), row()]
    await tajik_team.deliver("unct-tjk", rows)
    one, other = [(await analyst.observation_of(each))["incident"] for each in rows]
    told = await analyst.post("/efforts", effort(incidents=[other]), 201)
    assert (await analyst.get("/efforts", incident=one))["items"] == []
    await analyst.post(f"/incidents/{one}/merge", {"other": other, "reason": "One clash."})
    for key in (one, other):
        assert [each["id"] for each in (await analyst.get("/efforts", incident=key))["items"]] == [told["id"]]


async def test_r8_r11_a_graded_effort_supports_a_statement_and_renews_efforts(analyst: Desk, desk: Make, told: Json) -> None:
    cited = {"kind": "assessed", "text": "The water commission met.", "evidence": [{"type": "effort", "id": told["id"]}]}
    body = {
        "kind": "situation-report", "title": "Efforts in the valley", "countries": ["KGZ"], "themes": ["water-energy"],
        "sections": [{"title": "Efforts", "facet": "efforts", "statements": [cited]}],
    }  # fmt: skip
    report = await analyst.post("/reports", body, 201)
    assert report["sections"][0]["statements"][0]["flags"] == ["unsupported"], "an ungraded lead supports nothing"
    await analyst.post(f"/efforts/{told['id']}/grade", {"reliability": "B", "credibility": 2})
    report = await analyst.get(f"/reports/{report['id']}")
    assert report["sections"][0]["statements"][0]["flags"] == []
    reviewer, head = desk("reviewer"), desk("head-of-centre")
    await analyst.post(f"/reports/{report['id']}/submit")
    await reviewer.post(f"/reports/{report['id']}/review")
    for step in ("clear", "issue"):
        await head.post(f"/reports/{report['id']}/{step}")
    page = await analyst.get("/freshness", country="KGZ", theme="water-energy", limit=200)
    cell = next(each for each in page["items"] if each["facet"] == "efforts")
    assert datetime.fromisoformat(cell["evidence_at"]) >= datetime.fromisoformat(told["occurred_at"])
