"""Adapters: each reads one media type and yields rows in native names, whatever their flaws."""

from typing import Final

from services.reports.feeds.adapters.delimited import read_csv
from services.reports.feeds.adapters.json_rows import read_json, read_ndjson
from services.reports.feeds.adapters.rows import Reader, Row

ADAPTERS: Final[dict[str, Reader]] = {
    "application/json": read_json,
    "application/x-ndjson": read_ndjson,
    "text/csv": read_csv,
}
"""Media type to adapter. An adapter raises Unreadable or Invalid for a body that is no delivery as a whole."""

__all__ = ["ADAPTERS", "Reader", "Row"]
