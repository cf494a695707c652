"""The concurrence gate as a pure rule."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.liaison.concurrence.rules import Meeting, Scope, check_gate, states_concerned

START = datetime(2030, 1, 1, tzinfo=UTC)
IDS = [UUID(int=n) for n in range(3)]
countries = st.frozensets(st.sampled_from(["KAZ", "TJK", "AFG"]), min_size=1)
themes = st.frozensets(st.sampled_from(["border", "political"]), min_size=1)
hours = st.integers(0, 6)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    party = st.tuples(st.sampled_from(IDS), st.sampled_from(["other-party", "government"]), countries)
    parties = draw(st.lists(party, min_size=1, max_size=2, unique_by=lambda each: each[0]))
    start = START + timedelta(hours=draw(hours))
    return Meeting(tuple(parties), draw(countries), draw(themes), start, start + timedelta(hours=1))


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    start = START + timedelta(hours=draw(hours))
    return Scope(
        id=draw(st.uuids()),
        country=draw(st.sampled_from(["KAZ", "TJK", "AFG"])),
        parties=draw(st.frozensets(st.sampled_from(IDS))),
        party_kinds=draw(st.frozensets(st.just("other-party"))),
        themes=draw(themes),
        valid_from=start,
        valid_until=start + timedelta(hours=draw(hours)),
    )


@given(meetings(), st.lists(scopes(), max_size=6))
def test_r1_the_gate_opens_only_when_every_state_party_theme_and_hour_is_covered(meeting: Meeting, granted: list[Scope]) -> None:
    leaned_on, gaps = check_gate(meeting, granted)
    for country in states_concerned(meeting):
        for party, kind, _ in meeting.parties:
            covered = kind == "government" or any(
                scope.country == country
                and (party in scope.parties or kind in scope.party_kinds)
                and scope.themes >= meeting.themes
                and scope.valid_from <= meeting.starts_at <= meeting.ends_at <= scope.valid_until
                for scope in granted
            )
            assert covered != any(gap.country == country and gap.party == party for gap in gaps)
    assert leaned_on <= {scope.id for scope in granted}


@given(meetings(), st.lists(scopes(), max_size=6))
def test_r1_what_a_gap_names_is_lacking(meeting: Meeting, granted: list[Scope]) -> None:
    _, gaps = check_gate(meeting, granted)
    assert all(gap.themes and gap.themes <= meeting.themes for gap in gaps)
