"""Files of lines and cells (CSV and its relatives, workbooks), and records of those that begin with a header."""

import csv
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.rows import Reader, Row, read_lines

MAX_COLUMNS: Final = 300
NOT_CSV: Final = "is not a row of CSV in UTF-8 with as many fields as the header names"


class Line(NamedTuple):
    """One line of a table: its cells as text, None where it cannot be read."""

    cells: list[str] | None
    number: int


Lines = Callable[[BinaryIO], Iterator[Line]]


def delimited(delimiter: str = ",") -> Lines:
    """The lines of CSV or the like; empty ones are left out. Unreadable for UTF-16."""

    def lines(file: BinaryIO) -> Iterator[Line]:
        # A byte that is not UTF-8 becomes half a surrogate pair, which no row may hold: its row is refused, its neighbours are kept.
        texts = (line.decode("utf-8", "surrogateescape") for line in read_lines(file))
        reader = csv.reader(texts, delimiter=delimiter, strict=True)
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Line(None, number)
                continue
            if cells:
                yield Line(cells, number)

    return lines


def tab_separated(file: BinaryIO) -> Iterator[Line]:
    """Lines of fields between tabs without any quoting. Unreadable for UTF-16."""
    for number, line in enumerate(read_lines(file), start=1):
        yield Line(line.decode("utf-8", "surrogateescape").rstrip("\r\n").split("\t"), number)


def header_of(lines: Iterator[Line]) -> list[str]:
    """The names in the first line. Unreadable when it cannot be read, Invalid when a name stands twice or there are too many."""
    cells = next(lines, Line([], 1)).cells
    if cells is None:
        raise Unreadable("The header row is not valid CSV.")
    header = [cell.strip() or f"column {n}" for n, cell in enumerate(cells, start=1)]
    if len(header) > MAX_COLUMNS:
        raise Invalid(f"At most {MAX_COLUMNS} columns are taken.", [{"pointer": "/header", "detail": f"names {len(header)} columns"}])
    if len(set(header)) != len(header):
        twice = [n for n, name in enumerate(header, start=1) if name in header[: n - 1]]
        raise Invalid("A header names each column once.", [{"pointer": f"/header/{n}", "detail": "stands twice"} for n in twice[:20]])
    return header


def headed(read: Lines, *required: str) -> Reader:
    """Records of a table by the names in its first line. Invalid when a `required` one is not among them."""

    def rows(file: BinaryIO) -> Iterator[Row]:
        lines = read(file)
        header = header_of(lines)
        require_columns(header, required)
        for line in lines:
            yield record_of(header, line)

    return rows


def require_columns(header: list[str], required: tuple[str, ...]) -> None:
    """Invalid when the file is of another kind: one of the columns this adapter reads is not there."""
    if missing := [name for name in required if name not in header]:
        errors = [{"pointer": "/header", "detail": f"has no column {name}"} for name in missing]
        raise Invalid("This is not the file this feed's adapter reads.", errors)


def record_of(header: list[str], line: Line) -> Row:
    """A line as a record, or a flawed row."""
    if line.cells is None or len(line.cells) != len(header):
        return Row(None, line.cells, NOT_CSV, line.number)
    values: dict[str, Any] = dict(zip(header, line.cells, strict=True))
    return Row(values, line.cells, line=line.number)
