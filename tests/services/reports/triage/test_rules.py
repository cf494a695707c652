"""Urgency: points that are explained, in an order that does not turn as time passes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reports.triage.adapters.points import points
from services.reports.triage.rules import Claims, Told, is_asked, least, urgency

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def told(**more: Any) -> Told:
    """An account of now, of a trusted feed, that says nothing grave."""
    plain: dict[str, Any] = {
        "source": "unct-tjk", "trust": "high", "occurred_at": NOW, "figures": {}, "themes": [], "located": ["TJK"], "zone": None,
        "regions": [],
    }  # fmt: skip
    return Told(**plain | more)


@pytest.mark.parametrize(
    ("account", "part", "worth"),
    [
        ({"figures": {"deaths": {"best": 50}}}, "severity", 40),
        ({"figures": {"deaths": {"best": None, "high": 1000}}}, "severity", 40),
        ({"figures": {"cattle": {"best": 1000}}}, "severity", 0),
        ({"themes": ["environment", "terrorism-extremism.rights"]}, "theme", 20),
        ({"zone": "vorukh", "located": ["KGZ", "TJK"]}, "place", 15),
        ({"located": ["KGZ", "TJK"]}, "place", 8),
        ({"regions": ["KGZ-TJK"]}, "place", 8),
        ({"regions": ["fergana-valley"]}, "place", 0),
        ({"trust": "low"}, "trust", 10),
        ({"occurred_at": NOW - timedelta(days=3)}, "age", -3),
        ({}, "single_source", 5),
    ],
)
def test_each_part_is_told(account: dict[str, Any], part: str, worth: float) -> None:
    assert urgency([told(**account)], points(), NOW).parts[part] == pytest.approx(worth)


def test_r6_the_gravest_figure_counts_and_none_are_summed() -> None:
    two = [told(figures={"deaths": {"best": 3}}), told(source="unama", figures={"deaths": {"best": 5}})]
    one = [told(figures={"deaths": {"best": 5}})]
    assert urgency(two, points(), NOW).parts["severity"] == urgency(one, points(), NOW).parts["severity"]
    assert urgency(two, points(), NOW).parts["single_source"] == 0


def test_the_least_trusted_feed_decides_and_claims_are_asked_for() -> None:
    assert least(["high", "low", "medium"]) == "low"
    assert urgency([told(), told(trust="medium")], points(), NOW).parts["trust"] == 5
    assert [is_asked(asked, "me", "me") for asked in (None, Claims.mine, Claims.nobody)] == [True, True, False]
    assert [is_asked(asked, None, "me") for asked in (None, Claims.mine, Claims.nobody)] == [True, False, True]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(0, 200)), min_size=2, max_size=2),
    st.integers(0, 90),
)
def test_time_never_turns_the_order_of_two(incidents: list[tuple[int, float]], later: int) -> None:
    accounts = [[told(occurred_at=NOW - timedelta(days=days), figures={"deaths": {"best": deaths}})] for days, deaths in incidents]
    early = [urgency(each, points(), NOW) for each in accounts]
    late = [urgency(each, points(), NOW + timedelta(days=later)) for each in accounts]
    assert [each.rank for each in early] == [each.rank for each in late]
    if early[0].score > early[1].score + 1e-6:
        assert early[0].rank > early[1].rank
        assert late[0].score >= late[1].score
