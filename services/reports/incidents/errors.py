"""Refusals of incidents."""

from chassis.errors import Conflict, Invalid


class Superseded(Conflict):
    """A grade for a version of an observation that its source has corrected since."""

    slug, title = "superseded", "Corrected by its source since"

    def __init__(self) -> None:
        super().__init__("The source has sent a newer version. Read that one, and grade it.")


class Discarded(Conflict):
    """A grade for what was discarded, or a merge that was suggested before it was."""

    slug, title = "discarded", "It was discarded"

    def __init__(self) -> None:
        super().__init__("Restore it first, if it is needed after all.")


class SameIncident(Conflict):
    """A merge of an incident with itself."""

    slug, title = "same-incident", "They are one already"

    def __init__(self) -> None:
        super().__init__("Both keys lead to the same incident. There is nothing to merge.")


class NotItsAccounts(Conflict):
    """A split by accounts that are not all of this incident, or are all it has."""

    slug, title = "not-its-accounts", "These accounts cannot be split off"

    def __init__(self) -> None:
        super().__init__("Name one or more accounts of this incident, but not all of them. Read it again: it may have been regrouped.")


class NothingToUndo(Conflict):
    """A regrouping that was undone, or whose accounts have all been moved on."""

    slug, title = "nothing-to-undo", "Nothing is left to undo"

    def __init__(self) -> None:
        super().__init__("It was undone before, or its accounts have been regrouped since: undo that first.")


class TooManyToExport(Invalid):
    """An export of more incidents than a file may hold; a part of them would be taken for all."""

    slug, title = "too-many-to-export", "Too many for one file"

    def __init__(self, most: int) -> None:
        super().__init__(f"More than {most:,} incidents fit. Narrow the filters, a month or a country at a time, and export again.")
