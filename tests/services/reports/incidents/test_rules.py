"""When accounts tell of one incident, and grades: pure rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.reports.incidents.rules import (
    WITHIN_KM,
    Account,
    distance_km,
    grid_of,
    is_judged,
    squares_near,
    tell_of_one_incident,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
accounts = st.builds(
    Account,
    source=st.sampled_from(["unama", "unct-tjk"]),
    occurred_at=st.integers(-100, 100).map(lambda hours: AT + timedelta(hours=hours)),
    latitude=st.floats(35, 56),
    longitude=st.floats(46, 88),
    themes=st.frozensets(st.sampled_from(["border", "political", "environment"])),
)


@given(accounts, accounts)
def test_telling_of_one_incident_is_mutual_and_never_of_one_source(a: Account, b: Account) -> None:
    assert tell_of_one_incident(a, b) == tell_of_one_incident(b, a)
    assert not tell_of_one_incident(a, b._replace(source=a.source))


@given(accounts, st.floats(-0.3, 0.3), st.floats(-0.5, 0.5))
def test_accounts_within_reach_lie_in_the_squares_that_are_searched(a: Account, north: float, east: float) -> None:
    b = a._replace(latitude=a.latitude + north, longitude=a.longitude + east)
    if distance_km(a, b) > WITHIN_KM:
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
