"""Refusals of the register of contacts."""

from typing import Any

from chassis.errors import Conflict, Invalid, Problem


class PossibleDuplicate(Conflict):
    """Somebody like this is in the register; only those are named whom the caller may see (R18)."""

    slug, title = "possible-duplicate", "This may be somebody who is in the register already"
    rule = "R18"

    def __init__(self, duplicates: list[dict[str, Any]]) -> None:
        super().__init__(
            "Look at those named. If it is another person, send the same again with their ids in confirmed_distinct_from.",
            duplicates=duplicates,
        )


class Erased(Problem):
    """What an erased person's stored answers are replaced by."""

    status, slug, title = 410, "erased", "The person was erased"


class WrongReview(Invalid):
    """A review date that cannot be one."""

    slug, title = "wrong-review-date", "This review date is not acceptable"

    def __init__(self, detail: str) -> None:
        super().__init__("Choose another review date, or leave it out.", [{"pointer": "/review_on", "detail": detail}])


class TooManyRows(Problem):
    """A file of more persons than are taken at once."""

    status, slug, title = 413, "too-many-rows", "Too many rows"
