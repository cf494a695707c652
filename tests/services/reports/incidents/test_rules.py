"""When accounts tell of one incident, and grades: pure rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching import labelled_pairs
from services.reports.incidents.adapters.thresholds import thresholds
from services.reports.incidents.rules import (
    REACH_KM,
    Account,
    Match,
    Pair,
    Verdict,
    distance_km,
    grid_of,
    is_judged,
    match,
    settle,
    squares_near,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
KNOWN = thresholds()
accounts = st.builds(
    Account,
    source=st.sampled_from(["unama", "unct-tjk"]),
    occurred_at=st.integers(-100, 100).map(lambda hours: AT + timedelta(hours=hours)),
    latitude=st.floats(35, 56),
    longitude=st.floats(46, 88),
    themes=st.frozensets(st.sampled_from(["border", "political", "environment"])),
    title=st.sampled_from(["Clash at the spring", "Столкновение у источника", ""]),
    figures=st.dictionaries(st.sampled_from(["deaths", "injured"]), st.fixed_dictionaries({"best": st.none() | st.integers(0, 50)})),
)


@given(accounts, accounts)
def test_matching_is_mutual_and_never_of_one_source(a: Account, b: Account) -> None:
    assert match(a, b, KNOWN) == match(b, a, KNOWN)
    assert match(a, b._replace(source=a.source), KNOWN) is None


@given(accounts, accounts)
def test_a_score_is_between_0_and_1_and_explained_by_its_parts(a: Account, b: Account) -> None:
    found = match(a, b._replace(source="another"), KNOWN)
    if found is None:
        return
    assert 0 <= found.score <= 1
    plain = {name: part for name, part in found.parts.items() if name != "words"}
    least = sum(KNOWN.weights[name] * part for name, part in plain.items()) / sum(KNOWN.weights[name] for name in plain)
    assert found.score >= least - 1e-9, "words lift, and never weigh down"
    assert found.score == pytest.approx(least) or found.parts["words"] > KNOWN.words_from
    if not a.themes & b.themes:
        assert found.verdict is not Verdict.joins


pairs = st.builds(
    lambda own, incident, score: Pair(UUID(int=own), f"row-{own}", UUID(int=100 + incident), fitting(score)),
    st.integers(0, 5), st.integers(0, 5), st.floats(0, 1),
)  # fmt: skip


def fitting(score: float) -> Match:
    """A match with the verdict that the thresholds alone give."""
    verdict = Verdict.joins if score >= KNOWN.join else Verdict.suggested if score >= KNOWN.suggest else Verdict.apart
    return Match(score, {}, verdict)


@given(st.lists(pairs, max_size=30))
def test_r6_an_observation_joins_one_incident_and_an_incident_takes_one_account_of_a_source(found: list[Pair]) -> None:
    settled = settle(found)
    joined = [pair for pair in settled if pair.match.verdict is Verdict.joins]
    assert len({pair.incident for pair in joined}) == len(joined)
    assert len({pair.own for pair in settled}) == len(settled)
    assert all(pair.match.score >= KNOWN.suggest for pair in settled)
    assert {pair.own for pair in settled} == {pair.own for pair in found if pair.match.score >= KNOWN.suggest}


def test_words_are_alike_across_scripts() -> None:
    a = Account("a", AT, 40.0, 70.0, frozenset(["border"]), "Перестрелка у Исфары")
    b = Account("b", AT, 40.0, 70.0, frozenset(["border"]), "Perestrelka u Isfary")
    found = match(a, b, KNOWN)
    assert found is not None
    assert found.parts["words"] > 0.9


def test_the_labelled_pairs_of_real_files_are_told_apart(data: Path) -> None:
    """Two releases of UCDP's events hold some of the same events: same number is same event, near ones are not."""
    right, wrong, missed = labelled_pairs(data)
    assert right + missed >= 20
    assert right / (right + wrong) >= 0.9
    assert right / (right + missed) >= 0.7


@given(accounts, st.floats(-0.3, 0.3), st.floats(-0.5, 0.5))
def test_accounts_within_reach_lie_in_the_squares_that_are_searched(a: Account, north: float, east: float) -> None:
    b = a._replace(latitude=a.latitude + north, longitude=a.longitude + east)
    if distance_km(a, b) > REACH_KM:
        return
    assert grid_of(b.latitude, b.longitude) in squares_near(a.latitude, a.longitude)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_square_of_a_point_is_the_first_that_is_searched(latitude: float, longitude: float) -> None:
    squares = squares_near(latitude, longitude)
    assert squares[0] == grid_of(latitude, longitude)
    assert len(set(squares)) == len(squares) <= 4


def test_f_and_6_together_judge_nothing_and_rank_nowhere() -> None:
    assert not is_judged(None, None)
    assert not is_judged("F", 6)
    assert is_judged("F", 3)
    assert is_judged("B", 6)
    assert is_judged("E", 5)
