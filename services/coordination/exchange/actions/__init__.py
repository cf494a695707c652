"""Writes of exchange."""

from services.coordination.exchange.actions.acknowledging import acknowledge_package, list_packages
from services.coordination.exchange.actions.checking import check_package, note_persons
from services.coordination.exchange.actions.delivery import deliver_package
from services.coordination.exchange.actions.fetching import fetch_package, read_release_decision
from services.coordination.exchange.actions.orders import end_standing_order, give_standing_order
from services.coordination.exchange.actions.packages import (
    note_webhook_delivery,
    receive_report,
    refuse_package,
    release_package,
)
from services.coordination.exchange.actions.revocation import recall_item, review_packages, revoke_everything

__all__ = [
    "acknowledge_package",
    "check_package",
    "deliver_package",
    "end_standing_order",
    "fetch_package",
    "give_standing_order",
    "list_packages",
    "note_persons",
    "note_webhook_delivery",
    "read_release_decision",
    "recall_item",
    "receive_report",
    "refuse_package",
    "release_package",
    "review_packages",
    "revoke_everything",
]
