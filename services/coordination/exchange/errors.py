"""Refusals of exchange."""

from chassis.errors import Conflict, NotPermitted


class HeadNeeded(NotPermitted):
    """An item about a member State of the recipient goes out on the Head's word only (R13)."""

    slug, title = "head-needed", "The Head of the Centre is needed"
    rule = "R13"

    def __init__(self, reaches: tuple[str, ...]) -> None:
        detail = "It concerns a member State of the recipient, whose Governments would read it. Ask the Head of the Centre to release it."
        super().__init__(detail, reaches=list(reaches))


class ReleaseRefused(Conflict):
    """The release decision, taken at this moment, refuses."""

    slug, title = "release-refused", "It may not be released"

    def __init__(self, rule: str, clause: str | None, reason: str) -> None:
        super().__init__(f"{rule}: {reason}", rule=rule, clause=clause)


class CheckNeeded(Conflict):
    """A release before the do-no-harm check that the item needs for this recipient (R4)."""

    slug, title = "check-needed", "A do-no-harm check is needed first"
    rule = "R4"

    def __init__(self, rule: str, persons: int | None) -> None:
        detail = "It names persons, or goes to a security body. An officer who wrote none of it checks it: POST /v1/packages/{id}/check."
        super().__init__(detail, rule=rule, persons=persons)


class OwnTextChecked(NotPermitted):
    """A do-no-harm check by who wrote part of the text."""

    slug, title = "own-text", "You wrote part of this text"

    def __init__(self) -> None:
        super().__init__("Who wrote a text does not see what it may do to others as a stranger does. Ask a colleague to check it.")


class NamesNeedHead(NotPermitted):
    """Names are shown to a security body on the Head's word only."""

    slug, title = "head-needed", "The Head of the Centre is needed"

    def __init__(self) -> None:
        super().__init__("The recipient is a security body. Ask the Head of the Centre to decide whether it is shown names.")


class NobodyLooked(Conflict):
    """Names to be withheld from an item that was issued before anybody looked where they stand."""

    slug, title = "names-unknown", "Nobody knows where names stand in it"

    def __init__(self) -> None:
        super().__init__("It was issued before names were looked for, so none can be withheld. Issue it anew, and release that.")


class AlreadyOrdered(Conflict):
    """One standing order per organization and series is enough."""

    slug, title = "already-ordered", "There is such a standing order"

    def __init__(self) -> None:
        super().__init__("A standing order for this series and organization is active. End it before you give another.")
