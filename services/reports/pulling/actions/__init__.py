"""Writes of pulling."""

from services.reports.pulling.actions.fetching import Bounds, client
from services.reports.pulling.actions.pulling import AWAY, Puller, due_feeds

__all__ = ["AWAY", "Bounds", "Puller", "client", "due_feeds"]
