"""Refusals of incidents."""

from chassis.errors import Conflict


class Superseded(Conflict):
    """A grade for a version of an observation that its source has corrected since."""

    slug, title = "superseded", "Corrected by its source since"

    def __init__(self) -> None:
        super().__init__("The source has sent a newer version. Read that one, and grade it.")
