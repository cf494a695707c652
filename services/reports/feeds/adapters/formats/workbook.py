"""XLSX workbooks, cells as text. Nothing is calculated: what looks like a formula stays the text it is."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from chassis.errors import TooLarge, Unreadable
from services.reports.feeds.adapters.formats.archive import open_archive, unpack
from services.reports.feeds.adapters.formats.tables import MAX_COLUMNS, Line
from services.reports.feeds.adapters.rows import read_document

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_LINES: Final = 200_000
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def read_sheet(file: BinaryIO) -> Iterator[Line]:
    """The lines of the first sheet; empty ones are left out. Unreadable for what is no workbook, TooLarge for a bomb."""
    yield from next(read_sheets(file), iter(()))


def read_sheets(file: BinaryIO) -> Iterator[Iterator[Line]]:
    """The lines of each sheet."""
    body = read_document(file)
    _require_harmless(body)
    with _told():
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
    for sheet in book.worksheets:
        # What a sheet says of its own size is not believed.
        sheet.reset_dimensions()
        yield _lines(sheet)


@contextmanager
def _told() -> Iterator[None]:
    """What openpyxl raises on broken workbooks, as Unreadable."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError, OSError) as error:
        raise Unreadable("The body is no XLSX workbook, or a broken one.") from error


def _lines(sheet: Any) -> Iterator[Line]:
    """Cells without the empty ones at the end; lines are as long as the first that holds anything."""
    width = 0
    for number, cells in enumerate(_rows(sheet), start=1):
        if number > MAX_LINES:
            raise TooLarge(MAX_LINES)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        width = width or len(texts)
        if texts:
            yield Line(texts + [""] * (width - len(texts)), number)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
    while True:
        with _told():
            cells = next(rows, None)
        if cells is None:
            return
        yield cells


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _require_harmless(body: bytes) -> None:
    """Unpack once and count, before anything is built of it; no part of a workbook has a DTD."""
    before = ("", b"")
    for name, part in unpack(open_archive(io.BytesIO(body)), MAX_UNPACKED_BYTES):
        seen = before[1][-32:] + part if before[0] == name else part
        if any(doctype in seen for doctype in _DOCTYPES):
            raise Unreadable("The workbook holds a DTD or entities, which are not taken.")
        before = (name, seen)
