"""Reads of triage: the inbox, one incident in it, and who works on what."""

from services.reports.triage.queries.inbox import Inbox, InboxFilters, list_triage
from services.reports.triage.queries.reads import claims_on, last_translations, read_triage, trust_of_feeds
from services.reports.triage.queries.seen import TriageSeen, TriageWhole

__all__ = [
    "Inbox", "InboxFilters", "TriageSeen", "TriageWhole",
    "claims_on", "last_translations", "list_triage", "read_triage", "trust_of_feeds",
]  # fmt: skip
