"""Webhooks over HTTP."""

from uuid import UUID

from fastapi import Request, Response

from chassis.operation import SECRET_ANSWER, Session, created, router
from chassis.outbound import resolve
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from services.gateway.webhooks import actions, queries
from services.gateway.webhooks.rules import secret_of
from services.gateway.webhooks.schemas import DeliveryOut, WebhookBody, WebhookCreated, WebhookOut
from services.gateway.webhooks.tables import Delivery, Webhook

routes = router("webhooks")


@routes.post("/webhooks", status_code=201, response_model=WebhookCreated, openapi_extra=SECRET_ANSWER)
async def register_webhook(body: WebhookBody, request: Request, session: Session, response: Response) -> WebhookCreated:
    """Register a webhook of your organization; the signing secret is shown this once."""
    state = request.app.state
    await resolve(str(body.url), state.settings.webhook_allow_loopback)
    webhook = created(response, "webhooks", await actions.register_webhook(session, body))
    return WebhookCreated(**dict(WebhookOut.model_validate(webhook)), secret=secret_of(state.master, webhook.id))


@routes.get("/webhooks", response_model=Page[WebhookOut])
async def list_webhooks(session: Session, paging: PagingQuery) -> Rows[Webhook]:
    """Your organization's webhooks."""
    return await queries.list_webhooks(session, paging)


@routes.get("/webhooks/{webhook_id}", response_model=WebhookOut)
async def read_webhook(webhook_id: UUID, session: Session) -> Webhook:
    """One webhook."""
    return await read_record(session, Webhook, webhook_id, "webhook")


@routes.post("/webhooks/{webhook_id}/disable", response_model=WebhookOut)
async def disable_webhook(webhook_id: UUID, session: Session) -> Webhook:
    """Stop its deliveries."""
    return await actions.disable_webhook(session, webhook_id)


@routes.get("/webhooks/{webhook_id}/deliveries", response_model=Page[DeliveryOut])
async def list_deliveries(webhook_id: UUID, session: Session, paging: PagingQuery) -> Rows[Delivery]:
    """Its delivery log, newest first."""
    return await queries.list_deliveries(session, webhook_id, paging)


@routes.post("/webhooks/{webhook_id}/deliveries/{delivery_id}/resend", response_model=DeliveryOut)
async def resend_delivery(webhook_id: UUID, delivery_id: UUID, session: Session) -> Delivery:
    """Send one delivery again, now."""
    return await actions.resend_delivery(session, webhook_id, delivery_id)
