"""R2 and R3 as pure rules: what the clock makes of a concurrence, and what was known when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.moments import known
from services.liaison.concurrence.rules import Basis, ConcurrenceState, Standing, Terms, ends, is_given, standing

DAY = datetime(2030, 1, 1, tzinfo=UTC)
days = st.integers(0, 12).map(lambda n: DAY + timedelta(days=n))
maybe = st.none() | days
terms = st.builds(
    Terms,
    state=st.sampled_from(ConcurrenceState),
    basis=st.sampled_from(Basis),
    valid_from=days,
    valid_until=days,
    confirm_by=maybe,
    confirmed_at=maybe,
    term_ends=maybe,
    withdrawn_from=maybe,
)


@dataclass(frozen=True)
class Recorded:
    """A row of a concurrence's history."""

    recorded_at: datetime
    effective_at: datetime
    terms: Terms


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """Rows in the order they were recorded, each effective at any time."""
    recorded = sorted(draw(st.lists(days, max_size=5, unique=True)))
    return [Recorded(at, draw(days), draw(terms)) for at in recorded]


@given(terms, days)
def test_r2_a_standing_is_in_force_only_while_given_begun_and_not_ended(each: Terms, clock: datetime) -> None:
    said_yes = each.state in ("granted", "withdrawn") or (
        each.state == "requested" and each.term_ends is not None and clock >= each.term_ends
    )
    withdrawn = each.withdrawn_from is not None and clock >= each.withdrawn_from
    unconfirmed = each.basis == "oral" and each.confirmed_at is None and each.confirm_by is not None and clock >= each.confirm_by
    in_force = said_yes and each.valid_from <= clock < each.valid_until and not withdrawn and not unconfirmed
    assert (standing(each, clock) is Standing.in_force) == in_force
    assert is_given(each, clock) == said_yes


@given(terms, days, days)
def test_r2_what_ended_stays_ended(each: Terms, clock: datetime, later: datetime) -> None:
    if clock <= later and ends(each, clock) <= clock:
        assert ends(each, later) <= clock


@given(histories(), days, days)
def test_r3_what_was_true_on_x_as_known_on_y_is_the_last_word_of_a_naive_archive(rows: list[Recorded], x: datetime, y: datetime) -> None:
    """The model keeps, for every day, a calendar of what is true on each day, and overwrites it from the effective day on."""
    calendar: dict[datetime, Recorded] = {}
    for row in rows:
        if row.recorded_at <= y:
            calendar |= {DAY + timedelta(days=n): row for n in range(13) if DAY + timedelta(days=n) >= row.effective_at}
    assert known(rows, x, y) == calendar.get(x)
