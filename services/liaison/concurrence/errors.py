"""Refusals of the concurrence gate."""

from typing import Any

from chassis.errors import Conflict


class ConcurrenceMissing(Conflict):
    """A State concerned has not concurred (R1)."""

    slug, title = "concurrence-missing", "Concurrence missing"

    def __init__(self, missing: list[dict[str, Any]]) -> None:
        named = "; ".join(f"{gap['country']} for {gap['party_name']} on {', '.join(gap['themes'])}" for gap in missing)
        super().__init__(
            f"No concurrence in force covers: {named}. Ask the Government, and schedule once it has concurred.", missing=missing
        )
