"""Refusals of concurrences and of their gate."""

from typing import Any

from chassis.errors import Conflict, Invalid


class ConcurrenceMissing(Conflict):
    """A State concerned has not concurred (R1)."""

    slug, title = "concurrence-missing", "Concurrence missing"
    rule = "R1"

    def __init__(self, missing: list[dict[str, Any]]) -> None:
        named = "; ".join(f"{gap['country']} for {gap['party_name']} on {', '.join(gap['themes'])}" for gap in missing)
        super().__init__(
            f"No concurrence in force covers: {named}. Ask the Government, and schedule once it has concurred.", missing=missing
        )


class GrantWidens(Invalid):
    """A grant names what was not asked for."""

    slug, title = "grant-widens", "A grant cannot go beyond the request"

    def __init__(self, fields: list[str]) -> None:
        errors = [{"pointer": f"/{field}", "detail": "goes beyond what was asked for"} for field in fields]
        super().__init__("The Government concurred to more than it was asked for: record a request of its own for that.", errors)


class OutsideItsTime(Invalid):
    """A date that cannot be, given when the concurrence was given."""

    slug, title = "outside-its-time", "This date cannot be"

    def __init__(self, field: str, detail: str) -> None:
        super().__init__("The date does not fit this concurrence; see errors.", [{"pointer": f"/{field}", "detail": detail}])
