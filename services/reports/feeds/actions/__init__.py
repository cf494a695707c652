"""Writes of feeds: administering them, previewing what they send, announcing their silence, fetching."""

from services.reports.feeds.actions.administering import change_feed, create_feed
from services.reports.feeds.actions.previewing import preview_delivery
from services.reports.feeds.actions.silence import announce_silence, settle_credentials

__all__ = ["announce_silence", "change_feed", "create_feed", "preview_delivery", "settle_credentials"]
