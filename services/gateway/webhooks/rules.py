"""Addresses, secrets and retries, pure."""

import base64
import hashlib
import hmac
import random
from datetime import datetime, timedelta
from uuid import UUID

GIVE_UP_AFTER = timedelta(days=3)
_FIRST_SECONDS, _LONGEST_SECONDS = 2.0, 6 * 3600.0
CONTENT_FREE = "coordination.exchange.recalled.v1"


def secret_of(master: bytes, webhook_id: UUID) -> str:
    """The secret of a webhook in the form of Standard Webhooks, derived so that no database holds it."""
    derived = hmac.new(master, b"webhook secret " + webhook_id.bytes, hashlib.sha256).digest()
    return "whsec_" + base64.b64encode(derived).decode()


def next_attempt(attempts: int, first_at: datetime, at: datetime) -> datetime | None:
    """When to try again after `attempts` failures: doubling from 2 s to 6 h with full jitter; None after three days."""
    pause = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** min(attempts - 1, 30))
    due = at + timedelta(seconds=pause / 2 + random.random() * pause / 2)  # noqa: S311 - jitter is no secret
    return due if due < first_at + GIVE_UP_AFTER else None


def wants(events: list[str], event_type: str) -> bool:
    """True when a webhook that asked for `events` is told of `event_type`."""
    return "*" in events or event_type in events


def is_success(status: int | None) -> bool:
    """True when the answer to a delivery takes it; a redirect is none, and is not followed."""
    return status is not None and 200 <= status < 300
