"""Writing an export to a file on disk, so that its marking is known, and all it names is audited, before its first byte leaves (R17)."""

import asyncio
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from contracts.labels import Label
from services.reports.incidents.queries import Filters, IncidentSeen, incidents_to_export
from services.reports.incidents.rendering import RENDERINGS, Format, Rendering
from services.reports.incidents.rendering.words import Locale, heading_of
from services.reports.incidents.rules import join_labels

IN_MEMORY: Final = 1024 * 1024
PART: Final = 64 * 1024
OPERATION: Final = "exportIncidents"


class Export(NamedTuple):
    """A file ready to be sent, and what it is."""

    media_type: str
    name: str
    parts: Iterator[bytes]


async def export_incidents(session: AsyncSession, filters: Filters, form: Format, locale: Locale) -> Export:
    """The incidents that fit as a file that bears the marking of the strictest label in it; TooManyToExport over 20,000."""
    rendering, label = RENDERINGS[form], None
    # The answer is sent after the transaction: whoever sends it closes the file (_parts).
    rows = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        async for batch in incidents_to_export(session, filters):
            if session.info.get("read"):
                await audit.record(session, OPERATION, session.info["read"], "200")
            session.info["read"] = [str(each.id) for each in batch]
            label = join_labels([*([label] if label else []), *(each.label for each in batch)])
            await asyncio.to_thread(_write, rows, rendering, batch)
    except BaseException:
        rows.close()
        raise
    return Export(rendering.media_type, f"incidents.{rendering.suffix}", _parts(rendering, label, locale, rows))


def _write(rows: IO[bytes], rendering: Rendering, batch: list[IncidentSeen]) -> None:
    for incident in batch:
        if rows.tell():
            rows.write(rendering.between)
        rows.write(rendering.row(incident))


def _parts(rendering: Rendering, label: Label | None, locale: Locale, rows: IO[bytes]) -> Iterator[bytes]:
    with rows:
        yield rendering.begin(heading_of(label, locale))
        rows.seek(0)
        while part := rows.read(PART):
            yield part
        yield rendering.end()
