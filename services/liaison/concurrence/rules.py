"""The concurrence gate (R1), pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.vocabulary import COUNTRIES

# A Government needs no concurrence to be met; the de facto authorities in Afghanistan are met like any other party,
# with UNAMA's no-objection standing in for a Government's concurrence (country AFG).
GATED_KINDS = frozenset({"other-party", "de-facto-authorities"})


@dataclass(frozen=True)
class Scope:
    """Which talks a granted concurrence covers."""

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


def states_concerned(meeting: Meeting) -> frozenset[str]:
    """The mandate countries, and AFG, of the engagement and of all its parties."""
    named = meeting.countries.union(*(countries for _, _, countries in meeting.parties))
    return named & frozenset(COUNTRIES)


def check_gate(meeting: Meeting, granted: Iterable[Scope]) -> tuple[frozenset[UUID], list[Gap]]:
    """The concurrences the engagement leans on, and what is missing; it may take place when nothing is.

    For every State concerned and every gated party one concurrence must cover that party or its kind, every theme and
    the whole interval. `granted` holds concurrences in force; lapse is judged here, by their dates.
    """
    scopes = list(granted)
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
