"""Refusals of intake."""

from collections.abc import Iterable

from chassis.errors import Problem, UnsupportedMedia


class MediaNotTaken(UnsupportedMedia):
    """A delivery in a format no adapter reads."""

    def __init__(self, taken: Iterable[str]) -> None:
        accepted = ", ".join(taken)
        super().__init__(f"A delivery is taken as {accepted}, in UTF-8.", headers={"Accept-Post": accepted})


class TooManyRows(Problem):
    """A delivery with more rows than are taken at once."""

    status, slug, title = 413, "too-many-rows", "The delivery has too many rows"

    def __init__(self, limit: int) -> None:
        super().__init__(f"At most {limit:,} rows are taken at once. Send it in parts.", limit=limit)


class NotTheirFeed(Problem):
    """Somebody other than the feed's own organization delivers."""

    status, slug, title = 403, "not-your-feed", "Only the feed's own organization delivers to it"

    def __init__(self) -> None:
        super().__init__("Deliver with a client of the feed's own organization.")
