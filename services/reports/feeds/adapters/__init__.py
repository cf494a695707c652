"""Adapters: each reads what one kind of source sends and yields rows in native names, whatever their flaws (docs/adapters.md)."""

from services.reports.feeds.adapters.records import Context
from services.reports.feeds.adapters.registry import ADAPTERS, MEDIA_TYPES, reader_of
from services.reports.feeds.adapters.rows import Reader, Row

__all__ = ["ADAPTERS", "MEDIA_TYPES", "Context", "Reader", "Row", "reader_of"]
