"""When a mandate holds, and what was known of it then, as pure rules."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import Sensitivity, Tlp
from services.coordination.mandates.rules import Ceiling, Recorded, Remit, Term, ends, remits_at, state_at

DAY = datetime(2030, 1, 1, tzinfo=UTC)
DAYS = 13
days = st.integers(0, DAYS - 1).map(lambda n: DAY + timedelta(days=n))
terms = st.builds(Term, valid_from=days, valid_until=st.none() | days, ended_from=st.none() | days)


@st.composite
def histories(draw: st.DrawFn, mandate: int) -> list[Recorded]:
    """Rows in the order they were recorded, each effective at any time; every row bears another title."""
    recorded = sorted(draw(st.lists(days, max_size=5, unique=True)))
    ceiling = Ceiling(Sensitivity.unclassified, Tlp.green)
    remits = [Remit(UUID(int=mandate), f"{mandate}.{n}", "art. 1", frozenset(), frozenset(), ceiling) for n in range(len(recorded))]
    return [Recorded(at, draw(days), draw(terms), remit) for at, remit in zip(recorded, remits, strict=True)]


@given(terms, days)
def test_a_mandate_is_in_force_within_its_term_until_it_is_ended(term: Term, at: datetime) -> None:
    over = any(end is not None and end <= at for end in (term.valid_until, term.ended_from))
    assert (state_at(term, at) == "in-force") == (term.valid_from <= at and not over)
    assert (state_at(term, at) == "ended") == over
    end = ends(term)
    assert end is None or state_at(term, end) == "ended"


@given(histories(1), histories(2), days, days)
def test_r3_what_was_mandated_on_x_as_known_on_y_is_what_a_naive_archive_says(
    one: list[Recorded], other: list[Recorded], x: datetime, y: datetime
) -> None:
    """The model keeps, for every mandate, a calendar of what holds on each day, and overwrites it from the effective day on."""
    wanted = []
    for history in (one, other):
        calendar: dict[datetime, Recorded] = {}
        for row in history:
            if row.recorded_at <= y:
                calendar |= {DAY + timedelta(days=n): row for n in range(DAYS) if DAY + timedelta(days=n) >= row.effective_at}
        on_record = calendar.get(x)
        if on_record and state_at(on_record.term, x) == "in-force":
            wanted.append(on_record.remit)
    assert remits_at([one, other], x, y) == wanted
