"""Writes of feeds: administering them, announcing their silence."""

from services.reports.feeds.actions.administering import change_feed, create_feed
from services.reports.feeds.actions.silence import announce_silence, settle_credentials

__all__ = ["announce_silence", "change_feed", "create_feed", "settle_credentials"]
