"""What reports announces."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.events.envelope import Announcement, declare
from contracts.labels import Label
from contracts.names import NamedPlaces
from contracts.vocabulary import Slug


@declare("reports.intake.accepted.v1", kind="submission")
class SubmissionAccepted(Announcement):
    """A delivery of a feed is stored: one event per batch, however many rows."""

    feed: Slug
    received: int
    accepted: int
    duplicate: int
    rejected: int


@declare("reports.feeds.silent.v1", kind="feed")
class FeedSilent(Announcement):
    """A feed was not heard of for longer than is expected of it: told once (R7)."""

    since: datetime = Field(description="When it was last heard of, or made.")
    expected_interval_minutes: int


@declare("reports.feeds.heard.v1", kind="feed")
class FeedHeard(Announcement):
    """A silent feed speaks again, or is waited for no longer."""

    state: str


@declare("reports.intake.advanced.v1", kind="submission")
class SubmissionAdvanced(Announcement):
    """Part of a large delivery is stored: the counts so far, and how many of its bytes are worked off."""

    feed: Slug
    size: int
    read_bytes: int
    received: int
    accepted: int
    duplicate: int
    rejected: int


@declare("reports.intake.failed.v1", kind="submission")
class SubmissionFailed(Announcement):
    """The rest of a delivery could not be stored; it is kept, and waits for a person."""

    feed: Slug


@declare("reports.incidents.observed.v1", kind="submission")
class IncidentsObserved(Announcement):
    """Observations joined or opened incidents: one event per batch and label.

    Of more than 1,000 observations the keys are left out: `count` says how many, and the submission has them.
    """

    count: int = 0
    incidents: list[UUID]
    observations: list[UUID]


@declare("reports.incidents.graded.v1", kind="incident")
class IncidentGraded(Announcement):
    """An analyst graded the information on an incident."""


@declare("reports.incidents.described.v1", kind="incident")
class IncidentDescribed(Announcement):
    """What a graded incident is, as its grader saw it: for services that speak of incidents and hold none."""

    reference: str
    title: str
    occurred_at: datetime
    places: list[str] = Field(description="ISO 3166-1 alpha-3.")
    themes: list[Slug]
    reliability: str
    credibility: int
    graded_at: datetime


@declare("reports.incidents.regrouped.v1", kind="incident")
class IncidentsRegrouped(Announcement):
    """Accounts were moved between two incidents by a person: merged, split, or put back."""

    other: UUID


@declare("reports.incidents.observation-graded.v1", kind="observation")
class ObservationGraded(Announcement):
    """An analyst graded one observation."""


@declare("reports.triage.claimed.v1", kind="incident")
class IncidentClaimed(Announcement):
    """Somebody works on an incident."""

    by: str


@declare("reports.triage.released.v1", kind="incident")
class IncidentReleased(Announcement):
    """Nobody works on an incident any more."""


@declare("reports.triage.discarded.v1", kind="incident")
class IncidentDiscarded(Announcement):
    """A person discarded what was told of an incident; nothing is deleted."""


@declare("reports.triage.restored.v1", kind="incident")
class IncidentRestored(Announcement):
    """What was discarded is there again."""


@declare("reports.triage.translated.v1", kind="observation")
class ObservationTranslated(Announcement):
    """A translation stands beside what a source said."""

    language: str


@declare("reports.persons.marked.v1", kind="person")
class PersonMarked(Announcement):
    """Words of an observation were confirmed as a person's name, or dismissed. The words are not said."""

    observation: UUID
    decision: str


@declare("reports.efforts.told.v1", kind="effort")
class EffortTold(Announcement):
    """An effort was recorded, or brought up to what is known now."""

    effort_kind: str


@declare("reports.efforts.graded.v1", kind="effort")
class EffortGraded(Announcement):
    """An analyst graded an effort."""


@declare("reports.persons.named.v1", kind="report")
class PersonsNamed(Announcement):
    """Where an issued text names persons, said before it is said to be issued: no names, and who wrote the text (R4)."""

    places: NamedPlaces
    authors: list[str]


class ReportAnnouncement(Announcement):
    """What every event of a report says."""

    reference: str
    state: str
    report_kind: str


@declare("reports.production.drafted.v1", kind="report")
class ReportDrafted(ReportAnnouncement):
    """A draft was begun or changed."""


@declare("reports.clearance.advanced.v1", kind="report")
class ClearanceAdvanced(ReportAnnouncement):
    """A report was submitted, reviewed, cleared or returned (R9)."""


class IssuedStatement(BaseModel):
    """A statement as issued; evidence stays inside, so only its number goes along."""

    kind: str
    text: str
    likelihood: str | None = None
    confidence: str | None = None
    evidence_count: int = 0


class IssuedSection(BaseModel):
    """A section as issued, with the label the release decision judges it by (R13)."""

    id: UUID
    title: str
    label: Label
    statements: list[IssuedStatement]


@declare("reports.production.issued.v1", kind="report")
class ReportIssued(ReportAnnouncement):
    """A report was issued and will not change any more (R10)."""

    title: str
    content_hash: str
    issued_at: datetime
    sections: list[IssuedSection]


@declare("reports.production.recalled.v1", kind="report")
class ReportRecalled(ReportAnnouncement):
    """An issued report was recalled: everyone who received it is told (R10, R16)."""


@declare("reports.freshness.renewed.v1", kind="freshness")
class FreshnessRenewed(Announcement):
    """An issued report renewed what is known of a place and theme (R11)."""

    place: str
    theme: str
    facet: str
    evidence_at: datetime


@declare("reports.searches.matched.v1", kind="search")
class SearchMatched(Announcement):
    """A search that somebody keeps found incidents: whose it is and what for is told to its owner only, who reads it."""

    count: int = Field(description="How many are new.")
