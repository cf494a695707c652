"""Refusals of streams."""

from chassis.errors import Problem


class TooManyStreams(Problem):
    """A client that holds as many streams open as it may."""

    status, slug, title = 429, "too-many-streams", "Too many open streams"

    def __init__(self, limit: int) -> None:
        detail = f"At most {limit} streams are open for a client at once. Close one that is not read any more."
        super().__init__(detail, headers={"Retry-After": "15"})
