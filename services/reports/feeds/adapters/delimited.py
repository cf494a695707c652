"""CSV with a header row of native names; figures as `deaths_best`, `deaths_low`, `deaths_high`; themes separated by `;`."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Row, decode

PLAIN: Final = frozenset({"external_id", "occurred_at", "country", "area", "title", "text", "language"})
NUMBERS: Final = frozenset({"latitude", "longitude"})
LISTS: Final = frozenset({"themes"})
BOUNDS: Final = ("best", "low", "high")
MAX_COLUMNS: Final = 100
NOT_CSV: Final = "is not a row of CSV with as many fields as the header names"


def read_csv(body: bytes) -> Iterator[Row]:
    """The rows behind the header. Unreadable when it is no CSV in UTF-8, Invalid for a header with unknown names."""
    lines = csv.reader(io.StringIO(decode(body), newline=""), strict=True)
    header = _header(lines)
    while True:
        try:
            fields = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Row(None, None, NOT_CSV)
            continue
        if fields:
            yield _row(header, fields)


def _header(lines: Iterator[list[str]]) -> list[str]:
    try:
        header = [name.strip() for name in next(lines, [])]
    except csv.Error as error:
        raise Unreadable("The header row is not valid CSV.") from error
    if len(header) > MAX_COLUMNS:
        raise Invalid(f"At most {MAX_COLUMNS} columns are taken.", [{"pointer": "/header", "detail": f"names {len(header)} columns"}])
    wrong = [n for n, name in enumerate(header, start=1) if not _is_known(name)]
    if wrong or len(set(header)) != len(header):
        errors = [{"pointer": f"/header/{n}", "detail": "is not a column that is known here"} for n in wrong[:20]]
        raise Invalid("The header row must have native names, each once.", errors)
    return header


def _is_known(name: str) -> bool:
    figure, _, bound = name.rpartition("_")
    return name in PLAIN | NUMBERS | LISTS or (bool(figure) and bound in BOUNDS)


def _row(header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return Row(None, fields, NOT_CSV)
    native: dict[str, Any] = {}
    for name, field in zip(header, fields, strict=True):
        if field != "":
            _put(native, name, field)
    return Row(native, fields)


def _put(native: dict[str, Any], name: str, field: str) -> None:
    if name in PLAIN:
        native[name] = field
    elif name in NUMBERS:
        native[name] = _number(field, float)
    elif name in LISTS:
        native[name] = [each.strip() for each in field.split(";") if each.strip()]
    else:
        figure, _, bound = name.rpartition("_")
        native.setdefault("figures", {}).setdefault(figure, {})[bound] = _number(field, int)


def _number(field: str, kind: type[int] | type[float]) -> Any:
    """The number a field holds; what holds none stays text, and is refused with its place in the row."""
    with suppress(ValueError):
        return kind(field)
    return field
