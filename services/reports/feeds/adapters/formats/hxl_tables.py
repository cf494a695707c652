"""Tables with a row of HXL hashtags (hxlstandard.org), wherever among the first lines it stands, in any kind of table."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, Final, NamedTuple

from chassis.errors import Invalid
from services.reports.feeds.adapters.formats.json_rows import parse
from services.reports.feeds.adapters.formats.tables import NOT_CSV, Line, Lines, delimited
from services.reports.feeds.adapters.formats.workbook import read_sheets
from services.reports.feeds.adapters.rows import Reader, Row, read_document

# The same as libhxl: at most this far down, and at least this share of the cells that hold anything.
SEARCHED: Final = 25
SHARE: Final = 0.5
DELIMITERS: Final = (",", ";", "\t")
_HASHTAG: Final = re.compile(r"\s*(#[A-Za-z][A-Za-z0-9_]*)((?:\s*\+[A-Za-z][A-Za-z0-9_]*)*)\s*")


class Tagged(NamedTuple):
    """A table behind its hashtag row. A column without a hashtag has an empty one."""

    headers: list[str]
    tags: list[str]
    lines: Iterator[Line]


def open_table(lines: Iterator[Line]) -> Tagged:
    """The table behind its hashtag row. Invalid when there is none among the first 25 lines."""
    before: list[str] = []
    for line in islice(lines, SEARCHED):
        tags = tags_of(line.cells or [])
        if any(tags):
            return Tagged(_as_long_as(tags, before), tags, lines)
        before = line.cells or []
    raise Invalid("No row of HXL hashtags stands among the first 25 lines.", [{"pointer": "/header", "detail": "has no HXL hashtags"}])


def tags_of(cells: list[str]) -> list[str]:
    """The hashtags of a row, without blanks and in small letters; all empty when it is no hashtag row."""
    found = [_HASHTAG.fullmatch(cell) for cell in cells]
    tags = ["" if each is None else "".join((each[1] + each[2]).split()).lower() for each in found]
    filled = sum(1 for cell in cells if cell.strip())
    return tags if filled and sum(map(bool, tags)) / filled >= SHARE else [""] * len(cells)


def _as_long_as(tags: list[str], cells: list[str]) -> list[str]:
    return [*cells, *[""] * len(tags)][: len(tags)]


def tagged(read: Lines) -> Reader:
    """Records by hashtag: `tags` and `cells` of each line, and the headers above the tags."""

    def rows(file: BinaryIO) -> Iterator[Row]:
        table = open_table(read(file))
        for line in table.lines:
            if line.cells is None:
                yield Row(None, line.cells, NOT_CSV, line.number)
            elif any(cell.strip() for cell in line.cells):
                yield Row({"tags": table.tags, "cells": _as_long_as(table.tags, line.cells)}, line.cells, line=line.number)

    return rows


def read_workbook(file: BinaryIO) -> Iterator[Line]:
    """The lines of the first sheet that has hashtags; of the first sheet when none has."""
    otherwise: list[Line] = []
    for sheet in read_sheets(file):
        beginning = list(islice(sheet, SEARCHED))
        if any(any(tags_of(line.cells or [])) for line in beginning):
            return chain(beginning, sheet)
        otherwise = otherwise or beginning
    return iter(otherwise)


def read_separated(file: BinaryIO) -> Iterator[Line]:
    """Lines of a text table; of comma, semicolon and tab the one that shows the most hashtags separates its cells."""
    start = file.tell()

    def found_by(delimiter: str) -> int:
        file.seek(start)
        return max((sum(map(bool, tags_of(line.cells or []))) for line in islice(delimited(delimiter)(file), SEARCHED)), default=0)

    best = max(DELIMITERS, key=found_by)
    file.seek(start)
    return delimited(best)(file)


def read_json_table(file: BinaryIO) -> Iterator[Line]:
    """A JSON list of lists, or of objects whose names are hashtags. Invalid for anything else."""
    document = parse(read_document(file))
    if not isinstance(document, list) or not document:
        raise Invalid("HXL in JSON is a list of lists, or of objects named by hashtags.", [{"pointer": "", "detail": "is no such list"}])
    rows: Iterator[Any] = iter(document)
    if isinstance(document[0], dict):
        names = list(document[0])
        rows = chain([names], ([each.get(name) for name in names] if isinstance(each, dict) else None for each in document))
    for number, row in enumerate(rows, start=1):
        yield Line([_text(cell) for cell in row] if isinstance(row, list) else None, number)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
