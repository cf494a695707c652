"""Deliveries are queued, claimed, and what each attempt came to is noted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import label_columns, new_id, now, rfc3339
from chassis.database import notify
from chassis.errors import NotFound, WrongState
from chassis.inbox import Heard
from chassis.outbox import announce
from chassis.records import change_record, read_record
from chassis.slots import Slots
from chassis.visibility import may_read
from contracts.events.gateway import PackageDelivered
from services.gateway.identity.tables import Client
from services.gateway.webhooks.queries import active_webhooks, lock_due
from services.gateway.webhooks.rules import CONTENT_FREE, is_success, next_attempt, wants
from services.gateway.webhooks.tables import Delivery, Webhook

LEASE = timedelta(seconds=60)
CHANNEL = "webhooks"
RELEASED = "coordination.exchange.released.v1"
_RESENDABLE = ("delivered", "failed", "pending")
_OVERTAKEN = "The package was recalled before this notice had arrived."


async def queue_deliveries(session: AsyncSession, heard: list[Heard]) -> None:
    """Queue each event for every webhook that asked for it and whose owner may know of it."""
    known = await active_webhooks(session)
    rows = [_row(webhook, each) for each in heard for webhook, client in known if _is_for(webhook, client, each)]
    if rows:
        await session.execute(insert(Delivery).on_conflict_do_nothing(), rows)
        await notify(session, CHANNEL)
    recalled = [str(each.announcement.id) for each in heard if each.event.type == CONTENT_FREE]
    if recalled:
        await _drop_overtaken(session, recalled)


async def _drop_overtaken(session: AsyncSession, packages: list[str]) -> None:
    """A notice of release that is still on its way does not go behind the notice of recall (R15).

    Behind the queueing, since the release and its recall may be heard together.
    """
    package = func.jsonb_extract_path_text(Delivery.payload, "data", "id")
    waiting = (Delivery.state == "pending", Delivery.type == RELEASED, package.in_(packages))
    dropped = update(Delivery).where(*waiting)
    await session.execute(dropped.values(state="overtaken", next_attempt_at=None, error=_OVERTAKEN))


def _is_for(webhook: Webhook, client: Client, heard: Heard) -> bool:
    event, announcement = heard
    may_know = client.state == "active" and may_read(client.principal, announcement.label, announcement.readers)
    # A recall notice has no content, and goes to whoever received, also after its access ended (R15).
    may_know = may_know or (event.type == CONTENT_FREE and client.organization in announcement.readers)
    return may_know and wants(webhook.events, event.type)


def _row(webhook: Webhook, heard: Heard) -> dict[str, Any]:
    event, announcement = heard
    payload = {
        "type": event.type,
        "timestamp": rfc3339(event.time),
        "data": {"id": str(announcement.id), "type": announcement.kind, "version": announcement.version, "event": str(event.id)},
    }
    return label_columns(webhook.label) | {
        "id": new_id(),
        "created_at": now(),
        "updated_at": now(),
        "webhook_id": webhook.id,
        "event_id": event.id,
        "type": event.type,
        "payload": payload,
        "state": "pending",
        "attempts": 0,
        "next_attempt_at": now(),
        "readers": [],
    }


async def claim_due(session: AsyncSession, slots: Slots) -> list[tuple[Delivery, Webhook]]:
    """Take due deliveries that fit, for a minute: a process that dies only delays them."""
    found = await lock_due(session, slots.full, slots.each, slots.free)
    claimed = slots.fitting([(each[1].organization, each) for each in found])
    for delivery, _ in claimed:
        delivery.next_attempt_at = now() + LEASE
    await session.flush()
    return claimed


async def record_attempt(session: AsyncSession, delivery_id: UUID, status: int | None, error: str | None) -> None:
    """Note what an attempt came to. A 2xx is a delivery, not an acknowledgement (R16)."""
    delivery = await session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)
    webhook = await session.get(Webhook, delivery.webhook_id) if delivery else None
    if delivery is None or webhook is None or delivery.state != "pending":
        return
    delivery.attempts, delivery.status, delivery.error = delivery.attempts + 1, status, error
    delivery.tried_since = delivery.tried_since or now()
    if is_success(status):
        await _delivered(session, delivery, webhook)
        return
    delivery.next_attempt_at = next_attempt(delivery.attempts, delivery.tried_since, now())
    if delivery.next_attempt_at is None or status == 410:
        delivery.state = "failed"
        webhook.state, webhook.reason = "disabled", f"Nothing could be delivered; the last answer was {status or error}."
        await session.flush()
        await end_deliveries(session, webhook.id)


async def _delivered(session: AsyncSession, delivery: Delivery, webhook: Webhook) -> None:
    delivery.state, delivery.delivered_at, delivery.next_attempt_at, delivery.error = "delivered", now(), None, None
    await session.flush()
    if delivery.type == RELEASED:
        package = delivery.payload["data"]
        said = PackageDelivered(
            id=package["id"],
            version=package["version"],
            label=webhook.label,
            recipient=webhook.organization,
            webhook=webhook.id,
            delivered_at=now(),
        )
        await announce(session, said)


async def resend_delivery(session: AsyncSession, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """Send one delivery of a webhook again, now; what was withdrawn stays withdrawn (R15)."""
    delivery = await change_record(session, Delivery, delivery_id, "delivery")
    if delivery.webhook_id != webhook_id:
        raise NotFound("delivery")
    webhook = await read_record(session, Webhook, webhook_id, "webhook")
    if webhook.state != "active":
        raise WrongState("webhook", webhook.state, ["active"])
    if delivery.state not in _RESENDABLE:
        raise WrongState("delivery", delivery.state, list(_RESENDABLE))
    delivery.state, delivery.next_attempt_at = "pending", now()
    # It has its three days again: one failure of an old delivery does not disable the webhook.
    delivery.attempts, delivery.tried_since = 0, None
    await session.flush()
    await notify(session, CHANNEL)
    return delivery


async def end_deliveries(session: AsyncSession, webhook_id: UUID) -> None:
    """The webhook is disabled: what waits for it does not go."""
    waiting = update(Delivery).where(Delivery.webhook_id == webhook_id, Delivery.state == "pending")
    await session.execute(waiting.values(state="revoked", next_attempt_at=None))


async def withdraw_deliveries(session: AsyncSession, organization: str) -> None:
    """Nothing more goes to `organization`, but notices of recall (R15)."""
    owned = update(Delivery).where(Delivery.originator == organization, Delivery.state == "pending", Delivery.type != CONTENT_FREE)
    await session.execute(owned.values(state="revoked", next_attempt_at=None))
