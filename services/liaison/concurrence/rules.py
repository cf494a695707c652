"""The concurrence gate (R1), and what a concurrence is worth at a moment (R2), pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.vocabulary import COUNTRIES

# A Government needs no concurrence to be met; the de facto authorities in Afghanistan are met like any other party,
# with UNAMA's no-objection standing in for a Government's concurrence (country AFG).
GATED_KINDS = frozenset({"other-party", "de-facto-authorities"})


class Basis(StrEnum):
    """What a concurrence rests on. UNAMA's no-objection stands in for AFG."""

    note_verbale = "note-verbale"
    oral = "oral"
    no_objection = "no-objection"


class ConcurrenceState(StrEnum):
    """What was recorded last; what the clock makes of it is its standing."""

    requested = "requested"
    granted = "granted"
    declined = "declined"
    withdrawn = "withdrawn"


class Standing(StrEnum):
    """What a concurrence is worth at a moment: the recorded state as the clock judges it."""

    requested = "requested"
    ahead = "ahead"
    in_force = "in-force"
    lapsed = "lapsed"
    declined = "declined"
    withdrawn = "withdrawn"


@dataclass(frozen=True)
class Terms:
    """What was recorded of a concurrence, as far as the clock needs it."""

    state: ConcurrenceState
    basis: Basis
    valid_from: datetime
    valid_until: datetime
    confirm_by: datetime | None = None
    confirmed_at: datetime | None = None
    term_ends: datetime | None = None
    withdrawn_from: datetime | None = None


@dataclass(frozen=True)
class Scope:
    """Which talks a concurrence in force covers."""

    id: UUID
    country: str
    parties: frozenset[UUID]
    party_kinds: frozenset[str]
    themes: frozenset[str]
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Meeting:
    """What the gate looks at in an engagement: its parties as (id, kind, countries)."""

    parties: tuple[tuple[UUID, str, frozenset[str]], ...]
    countries: frozenset[str]
    themes: frozenset[str]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Gap:
    """A State concerned whose Government has not concurred to talks with a party on these themes."""

    country: str
    party: UUID
    themes: frozenset[str]


def is_given(terms: Terms, clock: datetime) -> bool:
    """True when the Government concurred, by word or by silence: a no-objection is given when its term ends unanswered."""
    silent = terms.state is ConcurrenceState.requested and terms.term_ends is not None and terms.term_ends <= clock
    return terms.state in (ConcurrenceState.granted, ConcurrenceState.withdrawn) or silent


def ends(terms: Terms, clock: datetime) -> datetime:
    """From when on it covers nothing, as the clock judges: its last day, its withdrawal, or the day an oral word was not confirmed by."""
    unconfirmed = terms.basis is Basis.oral and terms.confirmed_at is None and terms.confirm_by is not None and terms.confirm_by <= clock
    ways = [terms.valid_until, terms.withdrawn_from, terms.confirm_by if unconfirmed else None]
    return min(each for each in ways if each is not None)


def standing(terms: Terms, clock: datetime) -> Standing:
    """What it is worth at `clock` (R2: lapse is judged at every check, not recorded)."""
    if terms.state is ConcurrenceState.declined:
        return Standing.declined
    if not is_given(terms, clock):
        return Standing.requested
    if terms.withdrawn_from is not None and terms.withdrawn_from <= clock:
        return Standing.withdrawn
    if ends(terms, clock) <= clock:
        return Standing.lapsed
    return Standing.in_force if terms.valid_from <= clock else Standing.ahead


def states_concerned(meeting: Meeting) -> frozenset[str]:
    """The mandate countries, and AFG, of the engagement and of all its parties."""
    named = meeting.countries.union(*(countries for _, _, countries in meeting.parties))
    return named & frozenset(COUNTRIES)


def states_joining(meeting: Meeting, party: UUID, before: frozenset[str]) -> frozenset[str]:
    """The States concerned only since `party` is of other countries than `before`; none where no concurrence is needed."""
    if not any(kind in GATED_KINDS for _, kind, _ in meeting.parties):
        return frozenset()
    earlier = tuple((key, kind, before if key == party else countries) for key, kind, countries in meeting.parties)
    return states_concerned(meeting) - states_concerned(replace(meeting, parties=earlier))


def check_gate(meeting: Meeting, given: Iterable[Scope]) -> tuple[frozenset[UUID], list[Gap]]:
    """The concurrences the engagement leans on, and what is missing; it may take place when nothing is.

    For every State concerned and every gated party one concurrence must cover that party or its kind, every theme and
    the whole interval. `given` holds scopes whose dates are what the clock leaves of them (`ends`).
    """
    scopes = list(given)
    leaned_on: set[UUID] = set()
    gaps: list[Gap] = []
    gated = [(party, kind) for party, kind, _ in meeting.parties if kind in GATED_KINDS]
    for country in sorted(states_concerned(meeting)) if gated else []:
        for party, kind in gated:
            covering = [scope for scope in scopes if _covers(scope, country, party, kind, meeting)]
            if covering:
                leaned_on.add(min(covering, key=lambda scope: (-scope.valid_until.timestamp(), scope.id)).id)
            else:
                gaps.append(Gap(country, party, _uncovered_themes(scopes, country, party, kind, meeting)))
    return frozenset(leaned_on), gaps


def _covers(scope: Scope, country: str, party: UUID, kind: str, meeting: Meeting) -> bool:
    return _concerns(scope, country, party, kind, meeting) and meeting.themes <= scope.themes


def _concerns(scope: Scope, country: str, party: UUID, kind: str, meeting: Meeting) -> bool:
    return (
        scope.country == country
        and (party in scope.parties or kind in scope.party_kinds)
        and scope.valid_from <= meeting.starts_at
        and meeting.ends_at <= scope.valid_until
    )


def _uncovered_themes(scopes: list[Scope], country: str, party: UUID, kind: str, meeting: Meeting) -> frozenset[str]:
    """The themes no concurrence covers; all of them when each is covered somewhere but by no single concurrence."""
    near = [scope.themes for scope in scopes if _concerns(scope, country, party, kind, meeting)]
    return meeting.themes.difference(*near) or meeting.themes
