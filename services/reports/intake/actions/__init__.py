"""Writes of intake."""

from services.reports.intake.actions.gathering import Arrival, receive_arrivals
from services.reports.intake.actions.previewing import preview_delivery
from services.reports.intake.actions.processing import retry_submission, work_off
from services.reports.intake.actions.receiving import CHANNEL, Delivery, open_feed, receive_delivery

__all__ = [
    "CHANNEL",
    "Arrival",
    "Delivery",
    "open_feed",
    "preview_delivery",
    "receive_arrivals",
    "receive_delivery",
    "retry_submission",
    "work_off",
]
