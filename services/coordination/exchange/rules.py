"""The release decision (R13), pure: what of an item may go to a recipient, by which rule and clause, and in whose word.

Necessary conditions only. That a person released it, or a standing order did, is for the actions to see to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.labels import Label
from contracts.names import NamedPlaces
from contracts.vocabulary import CENTRE, SISTER_OFFICES, Tlp
from services.coordination.mandates.rules import Remit, uncovered_themes

# References people say aloud (SIT-2026-0042): outsiders would learn from their gaps what they are not shown.
_REFERENCE = re.compile(r"\b[A-Z]{3}-\d{4}-\d{4,}\b")


class Outcome(StrEnum):
    """All of the item may go, some of its sections, or none."""

    allow = "allow"
    stripped = "stripped"
    refuse = "refuse"


class Rule(StrEnum):
    """The rule a decision rests on."""

    release = "R13"
    mandate = "R13.mandate"
    ceiling = "R13.ceiling"
    tlp = "R13.tlp"
    consent = "R13.consent"
    person = "R13.person"
    do_no_harm = "R4.do-no-harm"
    removed = "R15.removed"
    recalled = "R16.recalled"


class CheckOutcome(StrEnum):
    """What an officer decided of the names of persons in an item: withheld as by default, or shown to this recipient."""

    withheld = "withheld"
    shown = "shown"


@dataclass(frozen=True)
class Check:
    """The do-no-harm check of an item for a recipient (R4). `places` is None where nobody looked for names."""

    places: NamedPlaces | None
    security_body: bool
    outcome: CheckOutcome | None = None
    checked_by: str | None = None
    checked_at: datetime | None = None
    reason: str | None = None

    @property
    def persons(self) -> int | None:
        """How many persons the item names."""
        return self.places.persons if self.places else None

    @property
    def needed(self) -> bool:
        """True when a person has to look before anything goes: it names persons or may, or goes to a security body."""
        return self.security_body or self.persons != 0

    @property
    def missing(self) -> bool:
        """True while what is needed is not there."""
        return self.needed and self.outcome is None

    @property
    def withholds(self) -> NamedPlaces:
        """Where names are withheld: everywhere, unless an officer decided to show them."""
        return NamedPlaces() if self.outcome is CheckOutcome.shown or self.places is None else self.places


@dataclass(frozen=True)
class Recipient:
    """An organization that something might go to."""

    id: str
    name: str
    active: bool
    members: frozenset[str]

    @property
    def is_sister(self) -> bool:
        """HQ and UNAMA: neither is a partner, and no member Government stands behind them as a reader."""
        return self.id in SISTER_OFFICES


@dataclass(frozen=True)
class Part:
    """A section of an item."""

    id: UUID
    title: str
    label: Label


@dataclass(frozen=True)
class Subject:
    """An item that might be released: its own label, and its sections with theirs."""

    label: Label
    parts: tuple[Part, ...]
    recalled: bool = False


@dataclass(frozen=True)
class Finding:
    """What was found for one section. `clause` is the mandate's, where one covers it."""

    part: Part
    allowed: bool
    rule: Rule
    clause: str | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The decision on a whole item."""

    outcome: Outcome
    rule: Rule
    clause: str | None
    reason: str
    needs_head: bool
    reaches: tuple[str, ...]
    title_allowed: bool
    findings: tuple[Finding, ...]

    @property
    def allowed_sections(self) -> frozenset[UUID]:
        """The sections that may go."""
        return frozenset(finding.part.id for finding in self.findings if finding.allowed)


def decide(subject: Subject, recipient: Recipient, remits: Sequence[Remit]) -> Verdict:
    """Whether `subject` may go to `recipient`, whose mandates in force are `remits`; section by section, deny by default."""
    findings = tuple(_examine(part, subject, recipient, remits) for part in subject.parts)
    allowed = [finding for finding in findings if finding.allowed]
    refused = [finding for finding in findings if not finding.allowed]
    rule, clause, reason = _summary(allowed, refused)
    title = _examine(Part(UUID(int=0), "", subject.label), subject, recipient, remits)
    return Verdict(
        outcome=Outcome.refuse if not allowed else Outcome.stripped if refused else Outcome.allow,
        rule=rule,
        clause=clause,
        reason=reason,
        needs_head=_needs_head(subject, recipient),
        reaches=tuple(sorted(recipient.members)),
        title_allowed=title.allowed,
        findings=findings,
    )


def covered_then(subject: Subject, recipient: Recipient, remits: Sequence[Remit]) -> frozenset[UUID]:
    """The sections that could go under `remits`, whatever became of the item and its recipient since (R3)."""
    then = decide(replace(subject, recalled=False), replace(recipient, active=True), remits)
    return then.allowed_sections


def _examine(part: Part, subject: Subject, recipient: Recipient, remits: Sequence[Remit]) -> Finding:
    """The first condition that fails, or the mandate under which the section may go."""
    label = part.label
    # A section that names no theme or country of its own is judged by those of the whole item.
    themes = frozenset(label.themes or subject.label.themes)
    countries = frozenset(label.countries or subject.label.countries)
    covering = [remit for remit in remits if _covers(remit, themes, countries)]
    clause = covering[0].clause if covering else None
    if not recipient.active:
        return Finding(part, False, Rule.removed, None, f"{recipient.name} was removed from the register; nothing goes to it.")
    if subject.recalled:
        return Finding(part, False, Rule.recalled, None, "The item was recalled.")
    if label.tlp is Tlp.red:
        return Finding(part, False, Rule.tlp, clause, "TLP:RED goes to named persons, never to an organization's channel.")
    if not covering:
        return Finding(part, False, Rule.mandate, None, _why_uncovered(themes, countries, recipient, remits))
    under = [remit for remit in covering if _within(label, remit)]
    if not under:
        return Finding(part, False, Rule.ceiling, clause, _why_above(label, covering))
    if recipient.id not in label.releasable_to:
        return Finding(part, False, Rule.consent, under[0].clause, _why_without_consent(label, recipient))
    return Finding(part, True, Rule.release, under[0].clause, f"Within the mandate “{under[0].title}”, its ceiling, and the consent given.")


def _covers(remit: Remit, themes: frozenset[str], countries: frozenset[str]) -> bool:
    """One mandate must cover ALL themes and countries; what names none is covered by none (deny by default)."""
    return bool(themes) and bool(countries) and countries <= remit.countries and not uncovered_themes(themes, remit)


def _within(label: Label, remit: Remit) -> bool:
    return label.sensitivity.rank <= remit.ceiling.sensitivity.rank and label.tlp.rank <= remit.ceiling.tlp.rank


def _needs_head(subject: Subject, recipient: Recipient) -> bool:
    """An item about a member State of the recipient needs the Head; sister offices have no member readers."""
    countries = set(subject.label.countries).union(*(part.label.countries for part in subject.parts))
    return not recipient.is_sister and bool(countries & recipient.members)


def _summary(allowed: list[Finding], refused: list[Finding]) -> tuple[Rule, str | None, str]:
    if not allowed and not refused:
        return Rule.mandate, None, "The item has no section that could be released."
    if not allowed:
        return refused[0].rule, refused[0].clause, refused[0].reason
    clause, count = allowed[0].clause, len(allowed) + len(refused)
    if not refused:
        return Rule.release, clause, allowed[0].reason
    # No theme, country or title of what stays: this line is read by more people than the sections themselves.
    rules = ", ".join(sorted({finding.rule for finding in refused}))
    return refused[0].rule, clause, f"{len(allowed)} of {count} sections may go; the rest stays by {rules}."


def _why_uncovered(themes: frozenset[str], countries: frozenset[str], recipient: Recipient, remits: Sequence[Remit]) -> str:
    if not remits:
        return f"{recipient.name} has no mandate in force."
    if not themes or not countries:
        return "It names no theme or no country, so that no mandate can be found to cover it."
    lacking = [_lacking(themes, countries, remit) for remit in remits]
    return f"No mandate of {recipient.name} in force covers all of it; lacking: {'; or '.join(sorted(set(lacking)))}."


def _lacking(themes: frozenset[str], countries: frozenset[str], remit: Remit) -> str:
    return ", ".join(sorted(uncovered_themes(themes, remit)) + sorted(countries - remit.countries))


def _why_above(label: Label, covering: Sequence[Remit]) -> str:
    highest = max(covering, key=lambda remit: (remit.ceiling.sensitivity.rank, remit.ceiling.tlp.rank)).ceiling
    return f"It is {label.sensitivity}, TLP:{label.tlp}; the mandate goes up to {highest.sensitivity}, TLP:{highest.tlp}."


def _why_without_consent(label: Label, recipient: Recipient) -> str:
    if label.originator == CENTRE:
        return f"Its label does not list {recipient.name} among the organizations it may be released to."
    return f"It comes from {label.originator}, which has not consented to its release to {recipient.name}."


UNCHECKED = "It names persons, or goes to a security body: an officer who wrote none of it has to check it first."
WITHDRAWN = {
    Rule.mandate: "No mandate in force covers it any more.",
    Rule.ceiling: "It is above the ceiling of the mandates in force.",
    Rule.tlp: "TLP:RED goes to named persons only.",
    Rule.consent: "The consent to its release no longer holds.",
    Rule.removed: "The organization was removed from the register.",
    Rule.recalled: "The item was recalled.",
}
"""Why a package is taken back, in words that tell nothing of its content: more people read them than it."""


def without_references(text: str) -> str:
    """`text` with our own references taken out: they stay inside (R13, links and identifiers)."""
    return _REFERENCE.sub("[reference withheld]", text)
