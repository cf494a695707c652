"""What liaison announces."""

from datetime import date, datetime
from uuid import UUID

from contracts.events.envelope import Announcement, declare
from contracts.vocabulary import Country, Themes


@declare("liaison.parties.registered.v1", kind="party")
class PartyRegistered(Announcement):
    """A party entered the register."""


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
