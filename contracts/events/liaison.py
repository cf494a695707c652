"""What liaison announces."""

from datetime import datetime
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
