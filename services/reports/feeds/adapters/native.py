"""CSV with a header row of native names; figures as `deaths_best`, `deaths_low`, `deaths_high`; themes separated by `;`."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Final

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Row, read_lines

PLAIN: Final = frozenset({"external_id", "occurred_at", "country", "area", "title", "text", "language"})
NUMBERS: Final = frozenset({"latitude", "longitude"})
LISTS: Final = frozenset({"themes"})
BOUNDS: Final = ("best", "low", "high")
MAX_COLUMNS: Final = 100
NOT_CSV: Final = "is not a row of CSV in UTF-8 with as many fields as the header names"


def read_csv(file: BinaryIO) -> Iterator[Row]:
    """The rows behind the header; a broken one is a flawed row.

    Unreadable when the header is no CSV, or the file is UTF-16; Invalid for a header with unknown names.
    """
    # A byte that is not UTF-8 becomes half a surrogate pair, which no row may hold: its row is refused, its neighbours are kept.
    lines = csv.reader((line.decode("utf-8", "surrogateescape") for line in read_lines(file)), strict=True)
    header = _header(lines)
    while True:
        line = lines.line_num + 1
        try:
            fields = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Row(None, None, NOT_CSV, line)
            continue
        if fields:
            yield _row(header, fields, line)


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


def _row(header: list[str], fields: list[str], line: int) -> Row:
    if len(fields) != len(header):
        return Row(None, fields, NOT_CSV, line)
    native: dict[str, Any] = {}
    for name, field in zip(header, fields, strict=True):
        if field != "":
            _put(native, name, field)
    return Row(native, fields, line=line)


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
