"""Refusals of triage."""

from chassis.errors import Conflict


class Claimed(Conflict):
    """An incident that somebody else has taken on; who asks may read the incident, and so is told who."""

    slug, title = "claimed", "Somebody else has taken it on"

    def __init__(self, by: str) -> None:
        super().__init__(f"{by} works on it. Ask them, or the Head, to release it.", claimed_by=by)


class NotClaimed(Conflict):
    """A release of what nobody has taken on."""

    slug, title = "not-claimed", "Nobody has taken it on"

    def __init__(self) -> None:
        super().__init__("There is nothing to release.")


class AlreadyDiscarded(Conflict):
    """A second discard, or a claim of what was discarded."""

    slug, title = "discarded", "It was discarded"

    def __init__(self) -> None:
        super().__init__("Restore it first, if it is needed after all.")


class NotDiscarded(Conflict):
    """A restoration of what is there."""

    slug, title = "not-discarded", "It was not discarded"

    def __init__(self) -> None:
        super().__init__("None of the accounts that you may read was discarded.")
