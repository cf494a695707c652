"""Refusals of intake."""

from chassis.errors import Conflict, Problem


class NotTheirFeed(Problem):
    """Somebody other than the feed's own organization delivers."""

    status, slug, title = 403, "not-your-feed", "Only the feed's own organization delivers to it"

    def __init__(self) -> None:
        super().__init__("Deliver with a client of the feed's own organization.")


class NothingToRetry(Conflict):
    """A retry of a delivery that was not given up."""

    slug, title = "nothing-to-retry", "This delivery was not given up"

    def __init__(self) -> None:
        super().__init__("Only a failed delivery is tried again. Read its receipt for what became of it.")
