"""Refusals of engagements."""

from chassis.errors import Conflict


class InThePast(Conflict):
    """An engagement that is over cannot be scheduled."""

    slug, title = "in-the-past", "It lies in the past"

    def __init__(self) -> None:
        super().__init__("This engagement has ended already. Propose it with a time to come.")
