"""Refusals of feeds."""

from collections.abc import Iterable

from chassis.errors import Conflict, Invalid, UnsupportedMedia


class FormatNotTaken(UnsupportedMedia):
    """A delivery in a format that this feed's adapter does not read."""

    def __init__(self, media_type: str, taken: Iterable[str]) -> None:
        accepted = ", ".join(taken)
        super().__init__(f"This feed takes {accepted}, in UTF-8; not {media_type[:100]}.", headers={"Accept-Post": accepted})


class FeedExists(Conflict):
    """A new feed under a key that is taken."""

    slug, title = "feed-exists", "There is a feed of this name"

    def __init__(self) -> None:
        super().__init__("Choose another id: this one belongs to another feed.")


class FeedUnfit(Invalid):
    """Settings of a feed that do not go together."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__("These settings do not go together.", [{"pointer": pointer, "detail": detail}])
