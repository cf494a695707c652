"""Refusals of clearance."""

from chassis.errors import Conflict, Problem


class OwnText(Problem):
    """An author reviews or clears words of their own (R9)."""

    status, slug, title = 403, "own-text", "Nobody reviews or clears their own text"
    rule = "R9"

    def __init__(self) -> None:
        super().__init__("Your words are in this text. Somebody else has to review and clear it.")


class SamePerson(Problem):
    """One person takes two steps that need two (R9)."""

    status, slug, title = 403, "same-person", "This step needs another person"
    rule = "R9"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)


class ContentChanged(Conflict):
    """The steps taken are bound to another content than the one at hand (R9)."""

    slug, title = "content-changed", "The text is not the one that was cleared"
    rule = "R9"

    def __init__(self) -> None:
        super().__init__("The text changed after that step. It has to be reviewed and cleared again.")


class NoTalkFlagged(Conflict):
    """Nothing in a text rests on a talk held after a withdrawal (R3)."""

    slug, title = "no-talk-flagged", "Nothing here needs that decision"
    rule = "R3"

    def __init__(self) -> None:
        super().__init__("No talk that this text cites was held after a withdrawal. Issue it as it is.")
