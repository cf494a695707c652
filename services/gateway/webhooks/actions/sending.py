"""Sending: signed over the raw bytes, to an address checked after its name was resolved, and to no other."""

import asyncio
import json

import httpx
from sqlalchemy.exc import InterfaceError, OperationalError
from standardwebhooks import Webhook as Signer

from chassis.columns import now
from chassis.database import Database
from chassis.errors import StaleCopy
from chassis.logs import log
from chassis.outbound import AddressRefused, pinned, resolve
from chassis.principal import system_principal
from chassis.watermarks import require_fresh
from services.gateway.streams.queries import Bell
from services.gateway.webhooks.actions.queueing import claim_due, record_attempt
from services.gateway.webhooks.rules import secret_of
from services.gateway.webhooks.tables import Delivery, Webhook

IDLE_SECONDS = 1.0
AT_ONCE = 20
logger = log(__name__)


class Sender:
    """Sends what is due, several at once; fails closed while facts on rights are stale (R15)."""

    def __init__(self, database: Database, bell: Bell, master: bytes, allow_loopback: bool) -> None:
        self._database, self._bell = database, bell
        self._master, self._allow_loopback = master, allow_loopback
        self._principal = system_principal("gateway")

    async def run(self) -> None:
        """Send until cancelled."""
        async with httpx.AsyncClient(timeout=10, follow_redirects=False, trust_env=False) as client:
            while True:
                waiting = asyncio.ensure_future(self._bell.wait("webhooks", IDLE_SECONDS))
                sent = await self._send_due(client)
                if sent:
                    waiting.cancel()
                else:
                    await waiting

    async def _send_due(self, client: httpx.AsyncClient) -> int:
        try:
            async with self._database.transaction(self._principal) as session:
                await require_fresh(session, "coordination")
                claimed = await claim_due(session, AT_ONCE)
            await asyncio.gather(*(self._send(client, delivery, webhook) for delivery, webhook in claimed))
        except (OperationalError, InterfaceError, StaleCopy) as error:
            logger.warning("webhooks wait", error=repr(error))
            return 0
        return len(claimed)

    async def _send(self, client: httpx.AsyncClient, delivery: Delivery, webhook: Webhook) -> None:
        status, error = None, None
        try:
            request = self._request(client, delivery, webhook, await resolve(webhook.url, self._allow_loopback))
            answer = await client.send(request, stream=True)
            status = answer.status_code
            await answer.aclose()
        except (httpx.HTTPError, AddressRefused) as problem:
            error = f"{type(problem).__name__}: {problem}"[:500]
        async with self._database.transaction(self._principal) as session:
            await record_attempt(session, delivery.id, status, error)

    def _request(self, client: httpx.AsyncClient, delivery: Delivery, webhook: Webhook, address: str) -> httpx.Request:
        """The signed request, sent to the very address that was checked, under the name that was asked for."""
        url = httpx.URL(webhook.url)
        body = json.dumps(delivery.payload, separators=(",", ":"))
        at = now()
        signature = Signer(secret_of(self._master, webhook.id)).sign(str(delivery.id), at, body)
        headers = {
            "content-type": "application/json",
            "webhook-id": str(delivery.id),
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature,
            "user-agent": "GoodOffices-Webhooks/1",
        }
        return pinned(client, "POST", url, address, headers, body)
