"""Refusals of engagements."""

from chassis.errors import Conflict, Invalid, NotPermitted


class InThePast(Conflict):
    """An engagement that is over cannot be scheduled."""

    slug, title = "in-the-past", "It lies in the past"

    def __init__(self) -> None:
        super().__init__("This engagement has ended already. Propose it with a time to come.")


class HeadRecords(NotPermitted):
    """An unplanned encounter is recorded by the Head only (R1)."""

    def __init__(self) -> None:
        super().__init__("An unplanned encounter is recorded by the Head of the Centre. Report it to the Head.")


class NotYetOver(Invalid):
    """An encounter that has not happened is no encounter."""

    slug, title = "not-yet-over", "It is not over yet"

    def __init__(self) -> None:
        errors = [{"pointer": "/ends_at", "detail": "lies ahead"}]
        super().__init__("An unplanned encounter is recorded after it happened; what lies ahead is proposed as a meeting.", errors)


class NothingToFollow(Invalid):
    """What is followed up was held."""

    slug, title = "nothing-to-follow", "There is nothing to follow up"

    def __init__(self) -> None:
        super().__init__(
            "Name an engagement that was held.", [{"pointer": "/follows", "detail": "is not an engagement held, or not one you know of"}]
        )


class ProposedAsEncounter(Invalid):
    """A planned engagement does not become an unplanned encounter."""

    slug, title = "not-an-encounter", "This was planned"

    def __init__(self) -> None:
        super().__init__("Record an unplanned encounter as one of its own.", [{"pointer": "/kind", "detail": "is recorded, not edited"}])
