"""Writes of pulling."""

from services.reports.pulling.actions.fetching import Bounds
from services.reports.pulling.actions.pulling import ROUND, Puller, due_feeds, next_fetch

__all__ = ["ROUND", "Bounds", "Puller", "due_feeds", "next_fetch"]
