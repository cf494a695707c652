"""Reads of webhooks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.gateway.identity.tables import Client
from services.gateway.webhooks.rules import CONTENT_FREE
from services.gateway.webhooks.tables import Delivery, Webhook


async def list_webhooks(session: AsyncSession, paging: Paging) -> Rows[Webhook]:
    """The caller's webhooks."""
    return await page_by_key(session, select(Webhook), Webhook, paging)


async def list_deliveries(session: AsyncSession, webhook_id: UUID, paging: Paging) -> Rows[Delivery]:
    """The delivery log of one webhook."""
    await read_record(session, Webhook, webhook_id, "webhook")
    return await page_by_key(session, select(Delivery).where(Delivery.webhook_id == webhook_id), Delivery, paging)


async def active_webhooks(session: AsyncSession) -> list[tuple[Webhook, Client]]:
    """Every webhook that is told of events, with the client that stands for it."""
    query = select(Webhook, Client).join(Client, Client.id == Webhook.client_key).where(Webhook.state == "active")
    return [(webhook, client) for webhook, client in (await session.execute(query)).all()]


def _may_go() -> ColumnElement[bool]:
    """Whether it may go is looked at again: its webhook or client may have ended since (R15)."""
    active = or_(Client.state == "active", Delivery.type == CONTENT_FREE)
    return and_(Delivery.state == "pending", Webhook.state == "active", active)


def _waiting(*columns: Any) -> Select[Any]:
    """Columns of deliveries that may go, with their webhooks."""
    query = select(*columns).select_from(Delivery).join(Webhook, Webhook.id == Delivery.webhook_id)
    return query.join(Client, Client.id == Webhook.client_key).where(_may_go())


def _owners(full: list[str]) -> Subquery:
    """Organizations with active webhooks, but for those in `full`.

    Each is asked by itself, by the index of what waits for it: one may have very many deliveries.
    """
    owner = select(Webhook.originator.label("name")).where(Webhook.originator.not_in(full))
    return owner.where(Webhook.state == "active").distinct().subquery()


async def lock_due(session: AsyncSession, full: list[str], each: int, limit: int) -> list[tuple[Delivery, Webhook]]:
    """Deliveries whose time has come, at most `each` per organization and none of those in `full`,
    locked; those another process holds are passed over."""
    owners = _owners(full)
    first = _waiting(Delivery.id).where(Delivery.originator == owners.c.name, Delivery.next_attempt_at <= now())
    due = first.order_by(Delivery.next_attempt_at).limit(each).lateral()
    ids = select(due.c.id).select_from(owners.join(due, true()))
    query = _waiting(Delivery, Webhook).where(Delivery.id.in_(ids))
    query = query.order_by(Delivery.next_attempt_at).limit(limit)
    locked = await session.execute(query.with_for_update(of=Delivery, skip_locked=True))
    return [(delivery, webhook) for delivery, webhook in locked.all()]


async def next_due(session: AsyncSession, full: list[str]) -> datetime | None:
    """When the next delivery is due, but for organizations in `full`."""
    owners = _owners(full)
    waiting = _waiting(Delivery.next_attempt_at).where(Delivery.originator == owners.c.name)
    first = waiting.order_by(Delivery.next_attempt_at).limit(1).lateral()
    query = select(func.min(first.c.next_attempt_at)).select_from(owners.join(first, true()))
    due: datetime | None = (await session.execute(query)).scalar()
    return due
