"""Refusals of dissemination."""

from chassis.errors import Problem


class Recalled(Problem):
    """A recalled report has a tombstone and no document any more (R10)."""

    status, slug, title = 410, "recalled", "This report was recalled"
    rule = "R10"

    def __init__(self) -> None:
        super().__init__("The report was recalled. Stop using copies of it; its record says when and why, as far as you may know.")
