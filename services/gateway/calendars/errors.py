"""Refusals of calendar feeds."""

from chassis.errors import Conflict, Invalid


class CeilingTooHigh(Invalid):
    """A feed shows nothing strictly confidential, and nothing its maker may not read."""

    def __init__(self, highest: str) -> None:
        super().__init__(f"A feed of yours may show up to {highest}.", [{"pointer": "/ceiling", "detail": f"is above {highest}"}])


class TooManyFeeds(Conflict):
    """Who has made many feeds has lost sight of some."""

    slug, title = "too-many-feeds", "You have many feeds already"

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} feeds of one person are open at a time. Revoke those that are not used.", limit=most)
