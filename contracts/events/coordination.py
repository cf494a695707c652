"""What coordination announces."""

from datetime import date, datetime
from uuid import UUID

from contracts.events.envelope import Announcement, declare
from contracts.vocabulary import Slug


@declare("coordination.organizations.registered.v1", kind="organization")
class OrganizationRegistered(Announcement):
    """An organization entered the register."""


@declare("coordination.organizations.classified.v1", kind="organization")
class OrganizationClassified(Announcement):
    """An organization was marked as a security body, or as none (R4)."""

    security_body: bool


@declare("coordination.organizations.removed.v1", kind="organization")
class OrganizationRemoved(Announcement):
    """An organization was removed: nothing more goes to it (R15). Its epoch rose."""

    epoch: int


@declare("coordination.mandates.declared.v1", kind="mandate")
class MandateDeclared(Announcement):
    """An organization's mandate was put on record."""

    organization: Slug


@declare("coordination.mandates.ended.v1", kind="mandate")
class MandateEnded(Announcement):
    """A mandate ended: what leaned on it does not go any more (R15)."""

    organization: Slug
    epoch: int


@declare("coordination.mandates.changed.v1", kind="mandate")
class MandateChanged(Announcement):
    """What is on record of a mandate was corrected, or its end was set for a day to come (R3)."""

    organization: Slug
    epoch: int


@declare("coordination.exchange.ordered.v1", kind="standing-order")
class StandingOrderChanged(Announcement):
    """A standing order was given or ended."""

    organization: Slug
    series: str


class PackageAnnouncement(Announcement):
    """What every event of a package says; a recipient reads these, so no reference of ours is in them."""

    recipient: Slug
    state: str


@declare("coordination.exchange.decided.v1", kind="package")
class PackageDecided(PackageAnnouncement):
    """A release was decided, refused or proposed (R13); the recipient is not told."""


@declare("coordination.exchange.released.v1", kind="package")
class PackageReleased(PackageAnnouncement):
    """A package was claimed for delivery after its last check: the recipient may fetch it."""

    released_at: datetime


@declare("coordination.exchange.acknowledged.v1", kind="package")
class PackageAcknowledged(PackageAnnouncement):
    """The recipient acknowledged a package by an explicit act (R16)."""


@declare("coordination.exchange.recalled.v1", kind="package")
class PackageRecalled(PackageAnnouncement):
    """A delivered package was recalled or its right revoked: a notice without content (R15, R16)."""


@declare("coordination.initiatives.stepped.v1", kind="initiative")
class InitiativeStepped(Announcement):
    """An initiative of others was recorded or got a step of encouragement (R20)."""

    next_step_on: date | None


@declare("coordination.framework.objective-set.v1", kind="objective")
class ObjectiveSet(Announcement):
    """An objective of the framework was set for a place and theme (R21)."""

    place: str
    theme: str


@declare("coordination.activities.recorded.v1", kind="activity")
class ActivityRecorded(Announcement):
    """An activity was recorded or set against an objective (R21)."""

    objective: UUID | None
