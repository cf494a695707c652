"""What a file would be read as: nothing is stored."""

import asyncio
import io
from itertools import islice
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.problems import pointer
from chassis.records import read_record
from services.reports.feeds.adapters import Row, reader_of
from services.reports.feeds.schemas import Preview, PreviewRow
from services.reports.feeds.tables import Feed
from services.reports.intake.rules import Flaw, check_place, read_time
from services.reports.intake.schemas import NATIVE

ROWS = 20


async def preview_delivery(session: AsyncSession, feed_id: str, media_type: str, body: bytes) -> Preview:
    """The first 20 rows of `body` as the feed's adapter reads them. NotFound, FormatNotTaken, or what the adapter raises."""
    feed = await read_record(session, Feed, feed_id, "feed")
    read = reader_of(feed.adapter, media_type.split(";", 1)[0].strip().lower(), feed.context)
    rows = await asyncio.to_thread(lambda: list(islice(read(io.BytesIO(body)), ROWS + 1)))
    shown = [_show(number, row) for number, row in enumerate(rows[:ROWS], start=1)]
    return Preview(rows=shown, more=len(rows) > ROWS)


def _show(number: int, row: Row) -> PreviewRow:
    fields = row.fields or {}
    if row.flaw is not None:
        return PreviewRow(row=number, line=row.line, native=None, reason=row.flaw, pointer="", field=fields.get(""))
    pointer, reason = (None if row.mention else _judge(row.native)) or (None, None)
    field = None if pointer is None else fields.get(pointer)
    return PreviewRow(row=number, line=row.line, native=_storable(row.native), reason=reason, pointer=pointer, field=field)


def _judge(native: Any) -> tuple[str, str] | None:
    """Where a native row would be refused, and why; None when it would be kept."""
    try:
        row = NATIVE.validate_python(native)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return pointer(("body", *first["loc"])), first["msg"]
    moment = read_time(row["occurred_at"], now())
    flaw = moment if isinstance(moment, Flaw) else check_place(row)
    return (flaw.pointer, flaw.reason) if flaw else None


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
