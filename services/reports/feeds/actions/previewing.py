"""What a file would be read as: nothing is stored."""

import asyncio
import io
from collections.abc import Callable
from itertools import islice
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.records import read_record
from services.reports.feeds.adapters import Row, reader_of
from services.reports.feeds.schemas import Preview, PreviewRow
from services.reports.feeds.tables import Feed

ROWS = 20
Judge = Callable[[Any], tuple[str, str] | None]
"""Where a native row would be refused, and why; None when it would be kept."""


async def preview_delivery(session: AsyncSession, feed_id: str, media_type: str, body: bytes, judge: Judge) -> Preview:
    """The first 20 rows of `body` as the feed's adapter reads them. NotFound, FormatNotTaken, or what the adapter raises."""
    feed = await read_record(session, Feed, feed_id, "feed")
    read = reader_of(feed.adapter, media_type.split(";", 1)[0].strip().lower(), feed.context)
    rows = await asyncio.to_thread(lambda: list(islice(read(io.BytesIO(body)), ROWS + 1)))
    shown = [_show(number, row, judge) for number, row in enumerate(rows[:ROWS], start=1)]
    return Preview(rows=shown, more=len(rows) > ROWS)


def _show(number: int, row: Row, judge: Judge) -> PreviewRow:
    fields = row.fields or {}
    if row.flaw is not None:
        return PreviewRow(row=number, line=row.line, native=None, reason=row.flaw, pointer="", field=fields.get(""))
    pointer, reason = (None if row.mention else judge(row.native)) or (None, None)
    field = None if pointer is None else fields.get(pointer)
    return PreviewRow(row=number, line=row.line, native=_storable(row.native), reason=reason, pointer=pointer, field=field)


def _storable(value: Any) -> Any:
    """`value` without what no answer can hold: half surrogate pairs, numbers JSON does not know, depth without end."""
    return _clean(value, 0)


def _clean(value: Any, depth: int) -> Any:
    if depth > 8:
        return "…"
    if isinstance(value, dict):
        return {_clean(key, depth + 1): _clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return value if value is None or isinstance(value, (bool, int)) or (value == value and abs(value) != float("inf")) else str(value)
