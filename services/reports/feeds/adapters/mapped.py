"""Rows of a feed that has names of its own, read by its mapping."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.formats.json_rows import read_json_at
from services.reports.feeds.adapters.formats.tables import delimited, headed
from services.reports.feeds.adapters.mapping import Column
from services.reports.feeds.adapters.records import Context, FeedReader, Native, Record, as_count, as_text, converting
from services.reports.feeds.adapters.rows import Reader, Row


def convert_mapped(record: Record, context: Context) -> Native:
    """The record under native names. Unfit for a name that is neither mapped nor ignored."""
    assert context.mapping is not None
    if unknown := context.mapping.unknown(dict(record.values)):
        raise Unfit(unknown[0], "is a column that is neither mapped nor ignored")
    native: Native = {}
    for field, column in context.mapping.fields.items():
        _put(native, record, field, column)
    return native


def _put(native: Native, record: Record, field: str, column: Column) -> None:
    pointer = "/" + field.replace(".", "/")
    if column.column is not None:
        record.fields[pointer] = column.column
    said = column.constant or as_text(_at(record.values, str(column.column)))
    if said is None:
        return
    try:
        value = _read(field, column.values.get(said, said), column)
    except (ValueError, OverflowError) as error:
        raise Unfit(column.column or field, f"cannot be read as {field}") from error
    *above, last = field.split(".")
    inner = native
    for name in above:
        inner = inner.setdefault(name, {})
    inner[last] = value


def _at(values: Any, path: str) -> Any:
    """A value by its name, or by a path of names."""
    if path in values:
        return values[path]
    for name in path.split("."):
        values = values.get(name) if isinstance(values, dict) else None
    return values


def _read(field: str, said: str, column: Column) -> Any:
    if field.startswith("figures."):
        return as_count(said)
    if field in ("latitude", "longitude"):
        return float(said)
    if field == "themes":
        return [column.values.get(each.strip(), each.strip()) for each in said.split(column.separator) if each.strip()]
    if field == "occurred_at":
        return _moment(said, column)
    return said


def _moment(said: str, column: Column) -> str:
    found = datetime.strptime(said, column.date_format) if column.date_format else datetime.fromisoformat(said)
    placed = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(column.time_zone))
    return placed.astimezone(UTC).isoformat().replace("+00:00", "Z")


def when_mapped(otherwise: FeedReader, mapped: Callable[[Context], Reader]) -> FeedReader:
    """`otherwise` for a feed without a mapping; else what `mapped` reads, under native names."""

    def rows(file: BinaryIO, context: Context) -> Iterator[Row]:
        if context.mapping is None:
            return otherwise(file, context)
        return converting(mapped(context), convert_mapped)(file, context)

    return rows


def csv_of(context: Context) -> Reader:
    """CSV with the delimiter of the mapping."""
    assert context.mapping is not None
    return headed(delimited(context.mapping.delimiter))


def json_of(context: Context) -> Reader:
    """JSON with its list where the mapping says."""
    assert context.mapping is not None
    return read_json_at(*([context.mapping.records] if context.mapping.records else []))
