"""What the gateway announces, and what every service announces of itself."""

from datetime import datetime
from uuid import UUID

from contracts.events.envelope import Announcement, declare
from contracts.vocabulary import Slug


@declare("gateway.identity.revoked.v1", kind="client")
class ClientRevoked(Announcement):
    """A client was revoked: its epoch rose, tokens of a lower epoch are refused at once."""

    epoch: int


@declare("gateway.webhooks.delivered.v1", kind="package")
class PackageDelivered(Announcement):
    """A webhook of the recipient answered 2xx for a package: delivery, not acknowledgement (R16)."""

    recipient: Slug
    webhook: UUID
    delivered_at: datetime


class AuditSealed(Announcement):
    """A service sealed a batch of its audit records (R17)."""

    number: int
    rows: int
    root: str
    previous: str
    signature: str


def _declare_sealed(service: str) -> None:
    declare(f"{service}.audit.sealed.v1", kind="seal")(
        type(f"{service.title()}AuditSealed", (AuditSealed,), {"__doc__": AuditSealed.__doc__})
    )


for _service in ("liaison", "reports", "coordination", "gateway"):
    _declare_sealed(_service)
