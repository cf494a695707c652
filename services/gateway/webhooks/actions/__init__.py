"""Writes of webhooks: registering them, queueing deliveries, sending."""

from services.gateway.webhooks.actions.queueing import claim_due, queue_deliveries, record_attempt, resend_delivery, withdraw_deliveries
from services.gateway.webhooks.actions.registering import disable_webhook, register_webhook
from services.gateway.webhooks.actions.sending import EXCHANGE_SECONDS, Sender

__all__ = [
    "EXCHANGE_SECONDS",
    "Sender",
    "claim_due",
    "disable_webhook",
    "queue_deliveries",
    "record_attempt",
    "register_webhook",
    "resend_delivery",
    "withdraw_deliveries",
]
