"""What a reader sees of an incident that needs a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from contracts.labels import Label
from services.reports.incidents.queries import IncidentSeen, incident_out
from services.reports.incidents.rules import HeldBack
from services.reports.incidents.schemas import IncidentOut
from services.reports.triage.rules import Told, Urgency, least
from services.reports.triage.tables import Translation, TriageClaim, TriageDecision


class Judged(NamedTuple):
    """How urgent it is, and how far the least trusted of its feeds is trusted."""

    urgency: Urgency
    trust: str


@dataclass(frozen=True)
class TriageSeen:
    """An incident in the inbox."""

    seen: IncidentSeen
    judged: Judged
    claim: TriageClaim | None

    @property
    def incident(self) -> IncidentOut:
        """The incident, as its reader sees it in lists."""
        return incident_out(self.seen)

    @property
    def id(self) -> UUID:
        """The incident's key."""
        return self.seen.id

    @property
    def label(self) -> Label:
        """The incident's, as its reader sees it."""
        return self.seen.label

    @property
    def urgency(self) -> Urgency:
        """How urgent it is, and why."""
        return self.judged.urgency

    @property
    def trust(self) -> str:
        """How far the least trusted of its feeds is trusted."""
        return self.judged.trust

    @property
    def waiting(self) -> int:
        """How many of its accounts nobody has looked at."""
        return sum(each.held_back == HeldBack.waiting for each in self.seen.told)

    @property
    def claimed_by(self) -> str | None:
        """Who works on it."""
        return self.claim.claimed_by if self.claim else None

    @property
    def claimed_at(self) -> datetime | None:
        """Since when."""
        return self.claim.claimed_at if self.claim else None


@dataclass(frozen=True)
class TriageWhole(TriageSeen):
    """The same with what people decided of it, and translations."""

    decisions: Sequence[TriageDecision]
    translations: Sequence[Translation]

    @property
    def held_back(self) -> HeldBack | None:
        """Why it is not listed."""
        return self.seen.held_back


def told_by(account: Any, trust: str) -> Told:
    """What urgency looks at in an observation, or in a row of its columns."""
    return Told(
        account.source, trust, account.occurred_at, account.figures, account.subject_themes, account.located, account.zone, account.regions
    )


def least_trusted(accounts: Sequence[Told]) -> str:
    """How far the least trusted feed of some accounts is trusted."""
    return least(each.trust for each in accounts)
