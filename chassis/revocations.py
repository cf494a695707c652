"""Revoked access: every process of every service hears of it, since principals it has accepted are good for up to a minute (R15)."""

from chassis.bus import Bus
from chassis.errors import NotAuthenticated
from chassis.principal import Principal
from contracts.events import Event
from contracts.events.gateway import ClientRevoked

HEARD = ClientRevoked.type


class Epochs:
    """The lowest epoch that still counts, per client; raised by revocations."""

    def __init__(self) -> None:
        self._lowest: dict[str, int] = {}

    def raise_to(self, client_id: str, epoch: int) -> None:
        """Refuse principals of `client_id` below `epoch` from now on."""
        self._lowest[client_id] = max(epoch, self._lowest.get(client_id, 0))

    def require(self, principal: Principal) -> None:
        """NotAuthenticated for a principal from before a revocation."""
        if principal.epoch < self._lowest.get(principal.client_id, 0):
            raise NotAuthenticated("This access was revoked.")


async def hear_revocations(bus: Bus, epochs: Epochs) -> None:
    """Raise `epochs` until cancelled, or until the bus is lost (BusUnavailable).

    Not through the inbox: there one process handles an event for all, and here each has to know. What is in the stream is
    read again at every start; while the bus is away, a principal's own end bounds what a revoked one may still do.
    """
    async for messages in bus.read("gateway", [HEARD], None, marks=False):
        for message in messages:
            revoked = ClientRevoked.model_validate(Event.model_validate_json(message.data).data)
            epochs.raise_to(str(revoked.id), revoked.epoch)
