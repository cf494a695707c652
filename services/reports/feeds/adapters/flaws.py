"""Why a record does not become a row."""


class Unfit(Exception):
    """A record that cannot be converted: which field of the source's own, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


class OutOfScope(Exception):
    """A record that is no event by its source's own rules, or lies elsewhere. It is set aside, counted and named."""
