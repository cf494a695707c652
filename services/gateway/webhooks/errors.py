"""Refusals of webhooks."""

from chassis.errors import Invalid


class UnknownEvent(Invalid):
    """An event type nobody announces."""

    def __init__(self, unknown: list[str]) -> None:
        errors = [{"pointer": "/events", "detail": f"unknown event type: {each[:100]}"} for each in unknown]
        super().__init__("Name event types as /v1/asyncapi.json lists them, or *.", errors)


class NotYourOrganization(Invalid):
    """A webhook for someone else."""

    def __init__(self) -> None:
        super().__init__(
            "Webhooks are registered for your own organization only.", [{"pointer": "/organization", "detail": "is not your organization"}]
        )
