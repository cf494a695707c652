"""Refusals of mandates."""

from chassis.errors import Invalid


class OutsideItsTime(Invalid):
    """A date that does not fit the mandate's other dates."""

    slug, title = "outside-its-time", "This date cannot be"

    def __init__(self, field: str, detail: str) -> None:
        super().__init__("The date does not fit this mandate; see errors.", [{"pointer": f"/{field}", "detail": detail}])
