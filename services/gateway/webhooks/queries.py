"""Reads of webhooks."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, page_by_key
from chassis.records import read_record
from services.gateway.identity.tables import Client
from services.gateway.webhooks.rules import CONTENT_FREE
from services.gateway.webhooks.tables import Delivery, Webhook


async def list_webhooks(session: AsyncSession, paging: Paging) -> dict[str, Any]:
    """The caller's webhooks."""
    return await page_by_key(session, select(Webhook), Webhook, paging)


async def list_deliveries(session: AsyncSession, webhook_id: UUID, paging: Paging) -> dict[str, Any]:
    """The delivery log of one webhook."""
    await read_record(session, Webhook, webhook_id, "webhook")
    return await page_by_key(session, select(Delivery).where(Delivery.webhook_id == webhook_id), Delivery, paging)


async def active_webhooks(session: AsyncSession) -> list[tuple[Webhook, Client]]:
    """Every webhook that is told of events, with the client that stands for it."""
    query = select(Webhook, Client).join(Client, Client.id == Webhook.client_key).where(Webhook.state == "active")
    return [(webhook, client) for webhook, client in (await session.execute(query)).all()]


async def lock_due(session: AsyncSession, limit: int) -> list[tuple[Delivery, Webhook]]:
    """Deliveries whose time has come, locked; those another process holds are passed over.

    Whether they may go is looked at again: the webhook or its client may have ended since they were queued (R15).
    """
    may_go = and_(Webhook.state == "active", or_(Client.state == "active", Delivery.type == CONTENT_FREE))
    query = (
        select(Delivery, Webhook)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .join(Client, Client.id == Webhook.client_key)
        .where(Delivery.state == "pending", Delivery.next_attempt_at <= now(), may_go)
        .order_by(Delivery.next_attempt_at)
        .limit(limit)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    return [(delivery, webhook) for delivery, webhook in (await session.execute(query)).all()]
