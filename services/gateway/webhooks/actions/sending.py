"""Sending: one piece of work per delivery, signed over the raw bytes; a slow receiver takes its
own slots only.
"""

import json

from standardwebhooks import Webhook as Signer

from chassis.columns import now
from chassis.database import Database
from chassis.errors import StaleCopy
from chassis.listening import Listener
from chassis.logs import log
from chassis.outbound import Outbound
from chassis.principal import system_principal
from chassis.runner import seconds_until
from chassis.slots import Slots
from chassis.watermarks import require_fresh
from services.gateway.webhooks.actions.queueing import CHANNEL, LEASE, claim_due, record_attempt
from services.gateway.webhooks.queries import next_due
from services.gateway.webhooks.rules import is_success, secret_of
from services.gateway.webhooks.tables import Delivery, Webhook

# At once in all, and to one organization however many webhooks it has.
AT_ONCE, EACH = 100, 4
# Of one exchange: resolving the name, connecting, sending, and reading the headers of the answer.
EXCHANGE_SECONDS = 10.0
_PIECE_SECONDS = LEASE.total_seconds() / 2
_STALE_SECONDS = 1.0
logger = log(__name__)


class Sender:
    """Sends what is due; fails closed while facts on rights are stale (R15)."""

    def __init__(self, database: Database, listener: Listener, outbound: Outbound, master: bytes) -> None:
        self._database, self._outbound, self._master = database, outbound, master
        self._listener, self._is_behind = listener, False
        self._principal = system_principal("gateway")
        self._slots = Slots(AT_ONCE, EACH, _PIECE_SECONDS, self._freed)

    async def send_due(self) -> float | None:
        """Begin with what is due and has a slot; when the next delivery is due, in seconds."""
        try:
            async with self._database.transaction(self._principal) as session:
                await require_fresh(session, "coordination")
                claimed = await claim_due(session, self._slots)
                full = self._slots.full_with([webhook.organization for _, webhook in claimed])
                due = await next_due(session, full)
        except StaleCopy as error:
            logger.info("webhooks wait", why=error.detail)
            return _STALE_SECONDS
        for delivery, webhook in claimed:
            self._slots.start(webhook.organization, str(delivery.id), self._send(delivery, webhook))
        self._is_behind = bool(full) or not self._slots.free
        return seconds_until(due) if self._slots.free else None

    def _freed(self) -> None:
        if self._is_behind:
            self._listener.wake(CHANNEL)

    async def _send(self, delivery: Delivery, webhook: Webhook) -> None:
        status, error = await self._attempt(delivery, webhook)
        async with self._database.transaction(self._principal) as session:
            await record_attempt(session, delivery.id, status, error)
        # When the next attempt is due is known only now.
        self._is_behind = self._is_behind or not is_success(status)

    async def _attempt(self, delivery: Delivery, webhook: Webhook) -> tuple[int | None, str | None]:
        """The status of the answer, or what went wrong: whatever that is, it is this attempt's."""
        try:
            body, headers = self._signed(delivery, webhook)
            answer = await self._outbound.exchange("POST", webhook.url, headers, body, read_body=False)
        except Exception as problem:  # noqa: BLE001 -- counted, and shown in the delivery log
            return None, f"{type(problem).__name__}: {getattr(problem, 'detail', problem)}"[:500]
        return answer.status, None

    def _signed(self, delivery: Delivery, webhook: Webhook) -> tuple[bytes, dict[str, str]]:
        body, at = json.dumps(delivery.payload, separators=(",", ":")), now()
        signature = Signer(secret_of(self._master, webhook.id)).sign(str(delivery.id), at, body)
        return body.encode(), {
            "content-type": "application/json",
            "webhook-id": str(delivery.id),
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature,
            "user-agent": "GoodOffices-Webhooks/1",
        }

    async def close(self) -> None:
        """Break off what is being sent: its lease ends, and it is sent again."""
        await self._slots.close()
        await self._outbound.close()
