"""A record as its source wrote it, and how it becomes a native row: what an adapter is written with (docs/adapters.md)."""

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

from services.reports.feeds.adapters.countries import is_near
from services.reports.feeds.adapters.flaws import OutOfScope, Unfit
from services.reports.feeds.adapters.mapping import ColumnMapping
from services.reports.feeds.adapters.rows import SET_ASIDE, Link, MentionSaid, Reader, Row, storable

Native = dict[str, Any]
Value = TypeVar("Value")
NOT_A_RECORD: Final = "is not a record with named fields"
ID_LIMIT: Final = 200
TITLE_LIMIT: Final = 500
TEXT_LIMIT: Final = 20_000
_LARGEST_WHOLE: Final = 1e15
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class Context(NamedTuple):
    """What an adapter is told of the feed it reads for."""

    country: str
    """Of what the feed sends without one, ISO 3166-1 alpha-3."""
    mapping: ColumnMapping | None = None


class Record:
    """One record by the names its source uses; remembers which of them each native field was read from.

    Wherever several names are given, the first that holds something is read: releases of one source name things differently.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values, self.fields = values, dict[str, str]()
        self.link: Link | None = None
        self.mention: MentionSaid | None = None

    def text(self, pointer: str, *names: str) -> str | None:
        """The text of a field without blanks around it; None when it is empty. Numbers that are whole lose their ".0"."""
        for name in names:
            if (said := as_text(self.values.get(name))) is not None:
                self.fields[pointer] = name
                return said
        self.fields.setdefault(pointer, names[0])
        return None

    def need(self, pointer: str, *names: str) -> str:
        """The same, or Unfit."""
        said = self.text(pointer, *names)
        if said is None:
            raise Unfit(names[0], "is needed")
        return said

    def code(self, pointer: str, *names: str) -> str | None:
        """A code or number as text; some files write whole ones like `700.0`."""
        said = self.text(pointer, *names)
        return said.removesuffix(".0") if said else None

    def need_code(self, pointer: str, *names: str) -> str:
        """The same, or Unfit."""
        return self.need(pointer, *names).removesuffix(".0")

    def number(self, pointer: str, *names: str) -> float | None:
        """The number a field holds, None when it is empty; Unfit for anything else."""
        return self._read(pointer, names, _finite, "is not a number")

    def count(self, pointer: str, *names: str) -> int | None:
        """The whole number a field holds (`10.0` is 10, `1,000` is 1000), None when it is empty; Unfit for anything else."""
        return self._read(pointer, names, as_count, "is not a whole number")

    def day(self, pointer: str, *names: str, form: str = "%Y-%m-%d") -> str | None:
        """A date as RFC 3339 at midnight UTC: sources that give days give no hours. Unfit for what is no date in `form`."""
        return self._read(pointer, names, lambda said: as_day(said, form), f"is not a date like {datetime(2026, 3, 31, tzinfo=UTC):{form}}")

    def need_day(self, pointer: str, *names: str, form: str = "%Y-%m-%d") -> str:
        """The same, or Unfit when it is empty."""
        self.need(pointer, *names)
        return str(self.day(pointer, *names, form=form))

    def moment(self, pointer: str, *names: str) -> str:
        """A time as RFC 3339, UTC where it names no zone. Unfit when it is empty or no time."""
        self.need(pointer, *names)
        return str(self._read(pointer, names, as_moment, "is not a time (RFC 3339)"))

    def point(self, latitude: str, longitude: str) -> Native:
        """Both coordinates, or nothing; Unfit for half a point."""
        found = {"latitude": self.number("/latitude", latitude), "longitude": self.number("/longitude", longitude)}
        missing = [name for name, value in zip((latitude, longitude), found.values(), strict=True) if value is None]
        if len(missing) == 1:
            raise Unfit(missing[0], "is needed: a point has both coordinates")
        return {} if missing else dict(found)

    def figures(self, **names: tuple[str, ...] | str) -> Native:
        """Counts under `figures`: `deaths="best"` or `deaths=("best", "low", "high")`; those that are empty are left out."""
        found: Native = {}
        for figure, columns in names.items():
            each = (columns,) if isinstance(columns, str) else columns
            bounds = zip(("best", "low", "high"), each, strict=False)
            counted = {bound: self.count(f"/figures/{figure}/{bound}", column) for bound, column in bounds}
            if known := {bound: number for bound, number in counted.items() if number is not None}:
                found[figure] = known
        return {"figures": found} if found else {}

    def _read(self, pointer: str, names: tuple[str, ...], read: Callable[[str], Value], problem: str) -> Value | None:
        said = self.text(pointer, *names)
        if said is None:
            return None
        try:
            return read(said)
        except (ValueError, OverflowError) as error:
            raise Unfit(self.fields[pointer], problem) from error


Convert = Callable[[Record, Context], Native]
"""Makes a native row of a record. Unfit when it cannot, OutOfScope when the record is none of ours."""
FeedReader = Callable[[BinaryIO, Context], Iterator[Row]]
"""Reads a delivery to a feed."""


def as_text(value: Any) -> str | None:
    """A cell as text: None for nothing, whole numbers without a fraction."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        value = int(value)
    return str(value).strip() or None


def as_count(said: str) -> int:
    """A whole number, also when written `10.0` or `1,000`. ValueError for anything else."""
    number = float(said.replace(",", ""))
    if not number.is_integer():
        raise ValueError(said)
    return int(number)


def as_day(said: str, form: str = "%Y-%m-%d") -> str:
    """A date in `form` as RFC 3339. ValueError for anything else."""
    found = datetime.strptime(said, form)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")


def as_moment(said: str) -> str:
    """An ISO 8601 time as RFC 3339 in UTC, which it is where it names no zone. ValueError or OverflowError for anything else."""
    found = datetime.fromisoformat(said)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise ValueError(said)
    return number


def shorten(text: str, limit: int = TITLE_LIMIT) -> str:
    """At most `limit` characters, with an ellipsis where some were cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def identity(said: str) -> str:
    """An external_id of at most 200 characters: a longer one keeps apart from its like by its hash."""
    if len(said) <= ID_LIMIT:
        return said
    return f"{said[:100]}…{hashlib.sha256(said.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}"


def spoken(tag: str | None) -> Native:
    """The language a source names, where that is a tag of BCP 47; else nothing, and it is found by the text."""
    return {"language": tag} if tag and _LANGUAGE.fullmatch(tag) else {}


def lines(*parts: tuple[str, str | None]) -> Native:
    """`text` out of named parts, one a line: what a source says beside the native fields, precision among it."""
    said = "\n".join(f"{name}: {value}" for name, value in parts if value)
    return {"text": shorten(said, TEXT_LIMIT)} if said else {}


def converting(read: Reader, convert: Convert) -> FeedReader:
    """The rows of a delivery in the format `read` reads, each converted; flawed ones keep their flaw."""

    def rows(file: BinaryIO, context: Context) -> Iterator[Row]:
        for row in read(file):
            yield row if row.flaw else _convert(row, convert, context)

    return rows


def plain(read: Reader) -> FeedReader:
    """For what is native already."""
    return lambda file, _context: read(file)


def _convert(row: Row, convert: Convert, context: Context) -> Row:
    if not isinstance(row.native, Mapping):
        return row._replace(native=None, flaw=NOT_A_RECORD)
    record = Record(row.native)
    try:
        native = convert(record, context)
        _require_agreement(native, record)
        return row._replace(native=native, fields=record.fields, link=record.link, mention=record.mention)
    except Unfit as unfit:
        field = storable(unfit.field)
        return row._replace(native=None, flaw=f"{field}: {storable(unfit.reason)}", fields={"": field})
    except OutOfScope as outside:
        return row._replace(native=None, flaw=SET_ASIDE + storable(str(outside)))


def _require_agreement(native: Native, record: Record) -> None:
    """Unfit for a point far outside the region that is said to lie in one of its countries: one of the two is wrong."""
    if "country" not in native or not {"latitude", "longitude"} <= native.keys():
        return
    latitude, longitude = native["latitude"], native["longitude"]
    if _is_in_range(latitude, 90) and _is_in_range(longitude, 180) and not is_near(latitude, longitude):
        raise Unfit(record.fields.get("/latitude", "latitude"), f"lies far outside the region, yet the country is {native['country']}")


def _is_in_range(value: Any, limit: int) -> bool:
    return isinstance(value, (int, float)) and abs(value) <= limit
