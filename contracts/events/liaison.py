"""What liaison announces."""

from datetime import date, datetime
from uuid import UUID

from contracts.events.envelope import Announcement, declare
from contracts.vocabulary import Country, Themes


@declare("liaison.parties.registered.v1", kind="party")
class PartyRegistered(Announcement):
    """A party entered the register."""


@declare("liaison.parties.changed.v1", kind="party")
class PartyChanged(Announcement):
    """What the register says of a party changed: its names, countries, relations or label."""


@declare("liaison.contacts.entered.v1", kind="contact")
class ContactEntered(Announcement):
    """A person entered the register of contacts. Like every event of a contact it carries no name (R4)."""


@declare("liaison.contacts.changed.v1", kind="contact")
class ContactChanged(Announcement):
    """A contact, or a position of theirs, was changed, reviewed or relabelled."""


@declare("liaison.contacts.review-due.v1", kind="contact")
class ContactReviewDue(Announcement):
    """The review of a contact falls due within 30 days: somebody says whether the purpose still holds (R4)."""

    review_on: date


@declare("liaison.contacts.restricted.v1", kind="contact")
class ContactRestricted(Announcement):
    """The review of a contact was not answered in time: it is shown to the Head only, who reviews it (R4)."""


@declare("liaison.contacts.merged.v1", kind="contact")
class ContactMerged(Announcement):
    """Two records were found to be one person; this one now points at `survivor`."""

    survivor: UUID


@declare("liaison.contacts.unmerged.v1", kind="contact")
class ContactUnmerged(Announcement):
    """A merger was undone: the record stands for itself again."""

    survivor: UUID


@declare("liaison.contacts.erased.v1", kind="contact")
class ContactErased(Announcement):
    """A person was erased from the register: copies of their data must go, a pseudonym stands in (R4)."""


@declare("liaison.screening.list-replaced.v1", kind="sanctions-list")
class SanctionsListReplaced(Announcement):
    """A newer version of the United Nations consolidated list is held."""

    generated_at: datetime


@declare("liaison.screening.matched.v1", kind="screening")
class ScreeningMatched(Announcement):
    """A contact or party resembles a listed name; the Head decides."""

    subject: UUID


@declare("liaison.screening.decided.v1", kind="screening")
class ScreeningDecided(Announcement):
    """The Head decided on a resemblance."""

    subject: UUID
    state: str


class ConcurrenceAnnouncement(Announcement):
    """What every event of a concurrence says of its scope."""

    country: Country
    parties: list[UUID]
    themes: Themes
    valid_from: datetime
    valid_until: datetime


@declare("liaison.concurrence.requested.v1", kind="concurrence")
class ConcurrenceRequested(ConcurrenceAnnouncement):
    """A Government was asked for its concurrence."""


@declare("liaison.concurrence.granted.v1", kind="concurrence")
class ConcurrenceGranted(ConcurrenceAnnouncement):
    """A Government concurred (R1)."""


@declare("liaison.concurrence.declined.v1", kind="concurrence")
class ConcurrenceDeclined(ConcurrenceAnnouncement):
    """A Government did not concur."""


@declare("liaison.concurrence.withdrawn.v1", kind="concurrence")
class ConcurrenceWithdrawn(ConcurrenceAnnouncement):
    """A Government withdrew its concurrence: what leaned on it is suspended (R2)."""

    suspended: list[UUID]


@declare("liaison.concurrence.confirmed.v1", kind="concurrence")
class ConcurrenceConfirmed(ConcurrenceAnnouncement):
    """A note confirmed what was said orally."""


@declare("liaison.concurrence.narrowed.v1", kind="concurrence")
class ConcurrenceNarrowed(ConcurrenceAnnouncement):
    """A Government concurred to part of what it was asked; this is the part."""


@declare("liaison.concurrence.lapsed.v1", kind="concurrence")
class ConcurrenceLapsed(ConcurrenceAnnouncement):
    """A concurrence ended by the clock: its last day passed, or an oral word was not confirmed in time (R2)."""

    suspended: list[UUID]


class EngagementAnnouncement(Announcement):
    """What every event of an engagement says."""

    state: str
    concurrences: list[UUID]


@declare("liaison.engagements.proposed.v1", kind="engagement")
class EngagementProposed(EngagementAnnouncement):
    """A meeting, call or visit was proposed."""


@declare("liaison.engagements.scheduled.v1", kind="engagement")
class EngagementScheduled(EngagementAnnouncement):
    """An engagement was scheduled, under the concurrences named."""


@declare("liaison.engagements.suspended.v1", kind="engagement")
class EngagementSuspended(EngagementAnnouncement):
    """An engagement lost a concurrence it leaned on (R2)."""


@declare("liaison.engagements.held.v1", kind="engagement")
class EngagementHeld(EngagementAnnouncement):
    """An engagement took place."""


@declare("liaison.engagements.reported.v1", kind="engagement")
class EngagementReported(EngagementAnnouncement):
    """An engagement was written up."""


@declare("liaison.engagements.cancelled.v1", kind="engagement")
class EngagementCancelled(EngagementAnnouncement):
    """An engagement will not take place."""


class LetterAnnouncement(Announcement):
    """What every event of a letter says: never its subject."""

    direction: str


@declare("liaison.correspondence.registered.v1", kind="letter")
class LetterRegistered(LetterAnnouncement):
    """A note verbale or letter was received or sent."""


@declare("liaison.correspondence.answered.v1", kind="letter")
class LetterAnswered(LetterAnnouncement):
    """A letter that awaited a reply has one."""


class HandoverAnnouncement(Announcement):
    """What every event of a hand-over says: how many records its package holds."""

    records: int


@declare("liaison.handover.received.v1", kind="handover")
class HandoverReceived(HandoverAnnouncement):
    """A closing office's package was checked whole and taken in (R19)."""


@declare("liaison.handover.started.v1", kind="handover")
class HandoverStarted(HandoverAnnouncement):
    """The import of a package began."""


@declare("liaison.handover.imported.v1", kind="handover")
class HandoverImported(HandoverAnnouncement):
    """Every record of a package is placed, in quarantine, or addressed to somebody else."""


@declare("liaison.handover.records-placed.v1", kind="handover")
class HandoverRecordsPlaced(Announcement):
    """A batch of records out of a package was placed, under the strictest label; one event for the batch."""

    records: list[UUID]


@declare("liaison.handover.series-reviewed.v1", kind="handover")
class HandoverSeriesReviewed(Announcement):
    """A series out of a package was reviewed and relabelled."""

    series: str


@declare("liaison.handover.signed.v1", kind="handover")
class HandoverSigned(Announcement):
    """A receipt was signed: by the Centre first, then by the giving office."""

    signatures: int


@declare("liaison.engagements.changed.v1", kind="engagement")
class EngagementChanged(EngagementAnnouncement):
    """An engagement was edited; what the gate looks at changed when its state is proposed again."""


@declare("liaison.engagements.flagged.v1", kind="engagement")
class EngagementFlagged(EngagementAnnouncement):
    """An engagement turned out to have been held after a withdrawal that was recorded late (R3)."""


@declare("liaison.notes.filed.v1", kind="note-to-file")
class NoteFiled(Announcement):
    """A note to file was filed and will not change: evidence, with the concurrences its engagement rests on."""

    engagement: UUID
    concurrences: list[UUID]
    held_after_withdrawal: bool


@declare("liaison.notes.readout-approved.v1", kind="readout")
class ReadoutApproved(Announcement):
    """The public version of a note to file was approved."""

    note: UUID
    engagement: UUID
    concurrences: list[UUID]


class CommitmentAnnouncement(Announcement):
    """What every event of a commitment says."""

    state: str
    engagement: UUID | None
    due_on: date


@declare("liaison.commitments.made.v1", kind="commitment")
class CommitmentMade(CommitmentAnnouncement):
    """Somebody promised something by a day."""


@declare("liaison.commitments.due.v1", kind="commitment")
class CommitmentDue(CommitmentAnnouncement):
    """A commitment falls due within a week."""


@declare("liaison.commitments.overdue.v1", kind="commitment")
class CommitmentOverdue(CommitmentAnnouncement):
    """The day of a commitment passed without its being met."""


@declare("liaison.commitments.met.v1", kind="commitment")
class CommitmentMet(CommitmentAnnouncement):
    """A commitment was met."""


@declare("liaison.commitments.cancelled.v1", kind="commitment")
class CommitmentCancelled(CommitmentAnnouncement):
    """A commitment was given up, for a reason."""
