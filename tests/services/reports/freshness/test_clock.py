"""Freshness as pure rules (services/reports/freshness/rules.py)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chassis.columns import new_id
from contracts.vocabulary import COUNTRIES, MANDATE_THEMES
from services.reports.freshness.rules import Cell, Facet, FreshnessState, due_after_days, listed, renewed_by, state_of
from services.reports.production.rules import Content, Evidence, Section, Statement, StatementKind

AT = datetime(2026, 1, 1, tzinfo=UTC)
cells = st.builds(Cell, st.sampled_from(COUNTRIES), st.sampled_from(MANDATE_THEMES), st.sampled_from(Facet))


@given(cells, st.integers(0, 200))
def test_r11_a_cell_only_ages_and_is_due_exactly_at_its_term(cell: Cell, days: int) -> None:
    order = [FreshnessState.fresh, FreshnessState.due, FreshnessState.overdue]
    at = AT + timedelta(days=days)
    assert order.index(state_of(cell, AT, at)) <= order.index(state_of(cell, AT, at + timedelta(days=1)))
    assert (state_of(cell, AT, at) is FreshnessState.fresh) == (days < due_after_days(cell))
    assert state_of(cell, None, at) is FreshnessState.never


def told(*evidence: tuple[list[str], int], facet: str = "situation") -> Content:
    cited = [
        Evidence(type="incident", id=new_id(), occurred_at=AT + timedelta(days=day), places=places, themes=["border"])
        for places, day in evidence
    ]
    statement = Statement(id=new_id(), kind=StatementKind.assessed, text="t", evidence=cited)
    return Content(title="t", sections=[Section.model_validate({"id": new_id(), "title": "s", "facet": facet, "statements": [statement]})])


def test_r11_the_newest_evidence_s_own_time_counts() -> None:
    renewed = renewed_by("weekly", told((["TJK"], 1), (["TJK"], 5)))
    assert renewed == {Cell("TJK", "border", "situation"): AT + timedelta(days=5)}
    assert renewed_by("weekly", told((["TJK"], 1), facet="efforts")) == {Cell("TJK", "border", "efforts"): AT + timedelta(days=1)}


def test_r11_a_flash_has_its_own_clock() -> None:
    assert renewed_by("flash", told((["TJK"], 1))) == {}


def test_r11_border_pairs_need_evidence_of_both_sides_and_the_region_of_several_countries() -> None:
    pair = set(renewed_by("weekly", told((["AFG", "TJK"], 1))))
    assert {cell.place for cell in pair} == {"AFG", "TJK", "AFG-TJK"}
    region = renewed_by("weekly", told((["TJK"], 1), (["KGZ"], 3)))
    assert region[Cell("region", "border", "situation")] == AT + timedelta(days=3)
    assert "KGZ-TJK" not in {cell.place for cell in region}


def test_every_place_and_mandate_theme_is_answered_for() -> None:
    owed = listed([Cell("AFG-TJK", "border", "situation")])
    assert Cell("AFG-TJK", "border", "situation") in owed
    assert len(owed) == 7 * 4 * 2 + 1
