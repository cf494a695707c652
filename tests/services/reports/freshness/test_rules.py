"""R11 as a pure rule."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import MANDATE_COUNTRIES
from services.reports.freshness.rules import DUE_AFTER_DAYS, Facet, FreshnessState, Told, freshness_state, renewed_cells

AT = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.sampled_from(Facet), st.integers(0, 100))
def test_r11_a_cell_only_gets_older(facet: Facet, days: int) -> None:
    order = list(FreshnessState)[:3]
    evidence_at = AT - timedelta(days=days)
    now, later = (freshness_state(facet, evidence_at, AT + timedelta(days=each)) for each in (0, 1))
    assert order.index(later) >= order.index(now)
    assert (now is FreshnessState.overdue) == (days > DUE_AFTER_DAYS[facet])


def test_r11_never_told_of_is_never() -> None:
    assert freshness_state(Facet.efforts, None, AT) is FreshnessState.never


def test_r11_only_what_report_and_evidence_both_speak_of_is_renewed_by_the_newest() -> None:
    told = [
        Told(frozenset({"TJK", "AFG"}), frozenset({"border"}), AT),
        Told(frozenset({"TJK"}), frozenset({"border", "political"}), AT + timedelta(1)),
    ]
    assert renewed_cells(["TJK"], ["border"], told) == {("TJK", "border"): AT + timedelta(1)}


def test_r11_a_report_on_all_five_renews_the_region() -> None:
    told = [Told(frozenset({"KAZ"}), frozenset({"border"}), AT)]
    assert set(renewed_cells(MANDATE_COUNTRIES, ["border"], told)) == {("KAZ", "border"), ("region", "border")}
