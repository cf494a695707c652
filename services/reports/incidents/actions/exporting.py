"""Writing an export to a file on disk, so that its marking is known, and all it names is audited, before its first byte leaves (R17)."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.context import context_of
from chassis.database import principal_of
from contracts.labels import Label
from services.reports.incidents.queries import Filters, IncidentSeen, incidents_to_export, veil_titles
from services.reports.incidents.rendering import RENDERINGS, Format, Rendering
from services.reports.incidents.rendering.words import Locale, heading_of
from services.reports.incidents.rules import join_labels
from services.reports.names.actions import check_asked, note_shown
from services.reports.names.schemas import Names, NamesAsked

IN_MEMORY: Final = 1024 * 1024
PART: Final = 64 * 1024
OPERATION: Final = "exportIncidents"


class Export(NamedTuple):
    """A file ready to be sent, and what it is."""

    media_type: str
    name: str
    parts: Iterator[bytes]


class Wanted(NamedTuple):
    """What a file is to be."""

    form: Format
    locale: Locale
    names: NamesAsked


async def export_incidents(session: AsyncSession, filters: Filters, wanted: Wanted) -> Export:
    """The incidents that fit as a file that bears the marking of the strictest label in it; TooManyToExport over 20,000.

    Names of persons are withheld, unless they were asked for with a reason, which is kept (R4).
    """
    check_asked(principal_of(session), wanted.names)
    rendering, label, shown = RENDERINGS[wanted.form], None, context_of(session).shown
    # The answer is sent after the transaction: whoever sends it closes the file (_parts).
    rows = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        async for batch in incidents_to_export(session, filters):
            # A row of the trail for each batch; the last one is that of the answer itself.
            if ids := shown.take():
                await audit.record(session, OPERATION, ids, "200")
            shown.add(*(each.id for each in batch))
            label = join_labels([*([label] if label else []), *(each.label for each in batch)])
            await asyncio.to_thread(_write, rows, rendering, await _veiled(session, batch, wanted))
        if label and (noted := await note_shown(session, OPERATION, wanted.names, label)):
            shown.add(noted.id)
    except BaseException:
        rows.close()
        raise
    return Export(rendering.media_type, f"incidents.{rendering.suffix}", _parts(rendering, label, wanted.locale, rows))


async def _veiled(session: AsyncSession, batch: list[IncidentSeen], wanted: Wanted) -> list[IncidentSeen]:
    if wanted.names.names is Names.shown:
        return batch
    veiled = await veil_titles(session, [each.first for each in batch], wanted.locale)
    return [replace(each, veiled=veiled) for each in batch]


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
