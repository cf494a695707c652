"""Deliveries read by an adapter as intake would read and judge them, without a database."""

import gzip
import io
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from services.reports.feeds.adapters import Context, Row, reader_of
from services.reports.feeds.adapters.mapping import ColumnMapping
from services.reports.feeds.adapters.rows import SET_ASIDE
from services.reports.intake.rules import Flaw, check_place, read_time
from services.reports.intake.schemas import NATIVE

Json = dict[str, Any]
CSV, JSON, NDJSON, GEOJSON = "text/csv", "application/json", "application/x-ndjson", "application/geo+json"
CAP, XML, ZIP = "application/cap+xml", "application/xml", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(adapter: str, media_type: str, body: bytes, country: str = "TJK", mapping: ColumnMapping | None = None) -> list[Row]:
    """All rows of a delivery."""
    return list(reader_of(adapter, media_type, Context(country, mapping))(io.BytesIO(body)))


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def flaw_of(row: Row) -> str | None:
    """Why a row would be refused, or None: what the adapter says, else what intake does."""
    if row.flaw is not None:
        return row.flaw
    try:
        native = NATIVE.validate_python(row.native)
    except ValidationError as error:
        return str(error)
    moment = read_time(native["occurred_at"], datetime.now(UTC))
    flaw = moment if isinstance(moment, Flaw) else check_place(native)
    return f"{flaw.pointer} {flaw.reason}" if flaw else None


def accepted(rows: Iterable[Row]) -> list[Json]:
    """The native rows that intake would accept."""
    return [row.native for row in rows if flaw_of(row) is None]


def refused(rows: Iterable[Row]) -> list[str]:
    """Why rows that are no set-asides would be refused."""
    return [flaw for row in rows if (flaw := flaw_of(row)) is not None and not flaw.startswith(SET_ASIDE)]


def aside(rows: Iterable[Row]) -> int:
    """How many rows were set aside, each with its reason."""
    return sum(1 for row in rows if row.flaw is not None and row.flaw.startswith(SET_ASIDE) and len(row.flaw) > len(SET_ASIDE))


def countries(rows: Iterable[Json]) -> Counter[str]:
    """How many rows of each country."""
    return Counter(row.get("country", "undetermined") for row in rows)
