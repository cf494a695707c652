"""Webhooks come and go."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of
from chassis.records import change_record
from contracts.events import EVENTS
from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.gateway.identity.queries import find_client
from services.gateway.webhooks.actions.queueing import end_deliveries
from services.gateway.webhooks.errors import NotYourOrganization, UnknownEvent
from services.gateway.webhooks.schemas import WebhookBody
from services.gateway.webhooks.tables import Webhook


async def register_webhook(session: AsyncSession, body: WebhookBody) -> Webhook:
    """Register a webhook of the caller's organization. Its address was checked before."""
    principal = principal_of(session)
    if body.organization not in (None, principal.organization):
        raise NotYourOrganization
    unknown = sorted(set(body.events) - set(EVENTS) - {"*"})
    if unknown:
        raise UnknownEvent(unknown)
    client = await find_client(session, principal.client_id)
    webhook = Webhook(url=str(body.url), events=body.events, client_key=client.id, state="active")
    webhook.label = Label(sensitivity=Sensitivity.unclassified, tlp=Tlp.amber_strict, originator=principal.organization)
    session.add(webhook)
    await session.flush()
    return webhook


async def disable_webhook(session: AsyncSession, webhook_id: UUID) -> Webhook:
    """Stop telling a webhook anything."""
    webhook = await change_record(session, Webhook, webhook_id, "webhook")
    webhook.state, webhook.reason = "disabled", "Disabled by its owner."
    await session.flush()
    await end_deliveries(session, webhook.id)
    return webhook
