"""Native rows, which have our own names: JSON, NDJSON, GeoJSON, and tables with a header of native names.

In a table figures are `deaths_best`, `deaths_low`, `deaths_high`; themes are separated by `;`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Final

from chassis.errors import Invalid
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.formats.tables import NOT_CSV, Lines, delimited, header_of
from services.reports.feeds.adapters.records import Context, Native, Record
from services.reports.feeds.adapters.rows import Reader, Row, storable

PLAIN: Final = frozenset({"external_id", "occurred_at", "country", "area", "title", "text", "language"})
NUMBERS: Final = frozenset({"latitude", "longitude"})
LISTS: Final = frozenset({"themes"})
BOUNDS: Final = ("best", "low", "high")
Put = Callable[[Native, str], None]


def native_table(lines: Lines) -> Reader:
    """The rows behind a header of native names; a broken one is a flawed row. Invalid for a header with unknown names."""

    def rows(file: BinaryIO) -> Iterator[Row]:
        read = lines(file)
        header = header_of(read)
        wrong = [n for n, name in enumerate(header, start=1) if not _is_known(name)]
        if wrong:
            errors = [{"pointer": f"/header/{n}", "detail": "is not a column that is known here"} for n in wrong[:20]]
            raise Invalid("The header row must have native names, each once.", errors)
        fields, puts = {_pointer(name): name for name in header}, [_put(name) for name in header]
        for line in read:
            if line.cells is None or len(line.cells) != len(header):
                yield Row(None, line.cells, NOT_CSV, line.number)
            else:
                yield Row(_native(puts, line.cells), line.cells, None, line.number, fields)

    return rows


read_csv: Final = native_table(delimited())


def convert_feature(record: Record, _context: Context) -> Native:
    """A GeoJSON feature: native fields as its properties, its place as its point. `id` serves as external_id."""
    properties, geometry = record.values.get("properties"), record.values.get("geometry")
    if not isinstance(properties, dict):
        raise Unfit("properties", "is needed: the native fields")
    native = dict(properties)
    if record.values.get("id") is not None:
        native.setdefault("external_id", record.text("/external_id", "id"))
    if geometry is not None:
        native["longitude"], native["latitude"] = point_of(geometry)
    record.fields = {storable(f"/{name}"): storable(f"properties.{name}") for name in properties} | record.fields
    record.fields |= dict.fromkeys(("/longitude", "/latitude"), "geometry.coordinates")
    return native


def point_of(geometry: Any) -> tuple[float, float]:
    """Longitude and latitude of a GeoJSON point. Unfit for any other geometry."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(coordinates, list) or len(coordinates) < 2 or not all(_is_number(each) for each in coordinates[:2]):
        raise Unfit("geometry", "is not a point with longitude and latitude")
    return float(coordinates[0]), float(coordinates[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e6


def _is_known(name: str) -> bool:
    figure, _, bound = name.rpartition("_")
    return name in PLAIN | NUMBERS | LISTS or (bool(figure) and bound in BOUNDS)


def _pointer(name: str) -> str:
    if name in PLAIN | NUMBERS | LISTS:
        return f"/{name}"
    figure, _, bound = name.rpartition("_")
    return f"/figures/{figure}/{bound}"


def _native(puts: list[Put], cells: list[str]) -> Native:
    native: Native = {}
    for put, cell in zip(puts, cells, strict=True):
        if cell != "":
            put(native, cell)
    return native


def _put(name: str) -> Put:
    """How a cell of this column becomes native: found once for a table, since there may be millions of rows."""
    if name in PLAIN:
        return lambda native, cell: native.__setitem__(name, cell)
    if name in NUMBERS:
        return lambda native, cell: native.__setitem__(name, _number(cell, float))
    if name in LISTS:
        return lambda native, cell: native.__setitem__(name, [each.strip() for each in cell.split(";") if each.strip()])
    figure, _, bound = name.rpartition("_")
    return lambda native, cell: native.setdefault("figures", {}).setdefault(figure, {}).__setitem__(bound, _number(cell, int))


def _number(field: str, kind: type[int] | type[float]) -> Any:
    """The number a field holds; what holds none stays text, and is refused with its place in the row."""
    with suppress(ValueError):
        return kind(field)
    return field
