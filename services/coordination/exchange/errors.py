"""Refusals of exchange."""

from chassis.errors import Conflict, NotPermitted


class HeadNeeded(NotPermitted):
    """An item about a member State of the recipient goes out on the Head's word only (R13)."""

    slug, title = "head-needed", "The Head of the Centre is needed"

    def __init__(self, reaches: tuple[str, ...]) -> None:
        detail = "It concerns a member State of the recipient, whose Governments would read it. Ask the Head of the Centre to release it."
        super().__init__(detail, reaches=list(reaches))


class ReleaseRefused(Conflict):
    """The release decision, taken at this moment, refuses."""

    slug, title = "release-refused", "It may not be released"

    def __init__(self, rule: str, clause: str | None, reason: str) -> None:
        super().__init__(f"{rule}: {reason}", rule=rule, clause=clause)


class AlreadyOrdered(Conflict):
    """One standing order per organization and series is enough."""

    slug, title = "already-ordered", "There is such a standing order"

    def __init__(self) -> None:
        super().__init__("A standing order for this series and organization is active. End it before you give another.")
