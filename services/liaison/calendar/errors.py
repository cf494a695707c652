"""Refusals of the calendar."""

from chassis.errors import Invalid


class NoSuchWindow(Invalid):
    """The days asked for cannot be shown."""

    slug, title = "no-such-window", "These days cannot be shown"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, [{"pointer": "?until", "detail": detail}])


class TooManyEntries(Invalid):
    """More than one file of a calendar holds: shown in part, a calendar would lie."""

    slug, title = "too-many-entries", "Too much for one calendar file"

    def __init__(self, most: int) -> None:
        super().__init__(f"More than {most:,} entries match. Ask for fewer days, kinds, countries or themes.", limit=most)
