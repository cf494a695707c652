"""The import, batch by batch: each is one transaction that also moves the checkpoint, so kill -9 neither doubles nor loses."""

import asyncio
import hashlib
from pathlib import Path
from typing import Final
from uuid import UUID

import puremagic
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.columns import label_columns, new_id, now
from chassis.outbox import announce
from contracts.events.liaison import HandoverImported, HandoverRecordsPlaced
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.handover.actions.filing import store_files
from services.liaison.handover.actions.placing import place_lines, unread_label
from services.liaison.handover.adapters.archives import remove
from services.liaison.handover.adapters.packages import Package, load_package
from services.liaison.handover.queries.handovers import next_series
from services.liaison.handover.rules.inventory import RecordKind
from services.liaison.handover.schemas import HandoverState
from services.liaison.handover.tables import Handover, HandoverAttachment, HandoverSeries

BATCH: Final = 1_000
# Attachments are held in memory while they are stored.
ATTACHMENTS_AT_ONCE: Final = 8


async def import_batch(session: AsyncSession, shelf: Path, handover_id: UUID) -> bool:
    """Place the next batch, or note that all are placed. False when there is nothing to do for this process now:
    the import has ended, another process is at it, or the package lies on another machine.
    """
    query = select(Handover).where(Handover.id == handover_id, Handover.state == HandoverState.importing)
    handover = (await session.execute(query.with_for_update(skip_locked=True))).scalar_one_or_none()
    package = await asyncio.to_thread(load_package, shelf, handover.digest) if handover else None
    if handover is None or package is None:
        return False
    series = await next_series(session, handover.id)
    if series is None:
        await _finish(session, handover)
        return False
    before = series.line
    placed = await _place_next(session, package, handover, series)
    handover.processed += series.line - before
    handover.problem = None
    await session.flush()
    await announce(session, _placed(handover, placed))
    await audit.record(session, "importHandover", [str(handover.id), *map(str, placed)], "200")
    return True


async def _place_next(session: AsyncSession, package: Package, handover: Handover, series: HandoverSeries) -> list[UUID]:
    if series.kind == RecordKind.attachments:
        return await _store_attachments(session, package, handover, series)
    lines = await asyncio.to_thread(package.batch, str(series.path), series.line, series.byte_offset, BATCH)
    placed = await place_lines(session, handover, series, [(line.number, line.content) for line in lines])
    series.line, series.byte_offset = lines[-1].number, lines[-1].next_offset
    return placed


async def _store_attachments(session: AsyncSession, package: Package, handover: Handover, series: HandoverSeries) -> list[UUID]:
    files = package.attachments()[series.line : series.line + ATTACHMENTS_AT_ONCE]
    label = unread_label(handover)
    rows, contents = [], dict[str, bytes]()
    for file in files:
        content = await asyncio.to_thread(file.read_bytes)
        digest = hashlib.sha256(content).hexdigest()
        contents[digest] = content
        said = {"digest": digest, "size": len(content), "media_type": sniff(content), "content": content}
        rows.append({"id": new_id(), "handover_id": handover.id} | said | label_columns(label))
    of_letters = await store_files(session, contents)
    if kept := [row for row in rows if row["digest"] not in of_letters]:
        await session.execute(insert(HandoverAttachment), kept)
    series.kept += len(rows)
    series.line += len(rows)
    return [row["id"] for row in rows if isinstance(row["id"], UUID)]


def sniff(content: bytes) -> str:
    """The media type by content; what a file calls itself is not asked."""
    try:
        return str(puremagic.from_string(content[:8192], mime=True)) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"


def _placed(handover: Handover, keys: list[UUID]) -> HandoverRecordsPlaced:
    label = handover.label.model_copy(update={"sensitivity": Sensitivity.strictly_confidential, "tlp": Tlp.red})
    return HandoverRecordsPlaced(id=handover.id, version=handover.version, label=label, records=keys)


async def _finish(session: AsyncSession, handover: Handover) -> None:
    handover.state, handover.finished_at = HandoverState.imported, now()
    await session.flush()
    await announce(session, HandoverImported(id=handover.id, version=handover.version, label=handover.label, records=handover.records))


async def note_trouble(session: AsyncSession, handover_id: UUID) -> None:
    """Say that the import does not go on by itself, to whoever waits for it."""
    said = "The import stopped because of a fault of ours; what was placed stands. It is tried again by itself: tell the administrator."
    await session.execute(update(Handover).where(Handover.id == handover_id).values(problem=said))


async def discard_package(shelf: Path, digest: str) -> None:
    """Remove the unpacked package once all of it is in the database: what it says of people is kept in one place."""
    await asyncio.to_thread(remove, shelf / digest)
