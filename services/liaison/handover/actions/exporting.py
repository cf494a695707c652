"""Our own office as a package: the same form that we take in, made of what the exporting principal may see."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from chassis import audit
from chassis.columns import now
from chassis.principal import Principal, system_principal
from services.liaison.correspondence.tables import Attachment, AttachmentContent
from services.liaison.handover.adapters.writing import close_bag, pack, write_attachment, write_series
from services.liaison.handover.queries.homes import EXPORTS, Export, Under
from services.liaison.handover.rules.inventory import FORMAT, Inventory, Office, Period, SeriesEntry
from services.liaison.handover.rules.parties import parents_first
from services.liaison.handover.rules.records import Below
from services.liaison.handover.schemas import ExportBody
from services.liaison.handover.tables import HandoverAttachment, HandoverOrigin, HandoverRecord, QuarantinedRecord

IDS_AT_ONCE: Final = 1_000
EXPORTER: Final[Principal] = system_principal("liaison").model_copy(update={"client_id": "system:handover-export"})
"""As whom the command exports; the API does so as the Head who asks."""


@dataclass(frozen=True)
class Series:
    """What one series of the package is made of."""

    kind: str
    id: str


async def export_archive(session: AsyncSession, body: ExportBody) -> bytes:
    """The package as a .zip."""
    with TemporaryDirectory(prefix="goodoffices-export-") as name:
        folder, target = Path(name) / f"handover-{body.office}", Path(name) / "package.zip"
        await export_package(session, folder, body)
        await asyncio.to_thread(pack, folder, target)
        return await asyncio.to_thread(target.read_bytes)


async def export_package(session: AsyncSession, folder: Path, body: ExportBody) -> str:
    """Write the package into the new folder; the SHA-256 of its payload manifest. FileExistsError when it is there."""
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True)
    entries = [await _write(session, folder, series) for series in await _all_series(session)]
    await _write_attachments(session, folder)
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        counts[entry.kind] += entry.records
    inventory = Inventory(
        format=FORMAT,
        version=1,
        office=Office(slug=body.office, name=body.name, countries=body.countries, custodian=body.custodian),
        period=Period(begin=body.period_begin, end=body.period_end),
        prepared_at=body.prepared_at or now(),
        counts=dict(counts),
        series=entries,
    )
    return await asyncio.to_thread(close_bag, folder, inventory)


async def _all_series(session: AsyncSession) -> list[Series]:
    """Our registers, then the series that came to us from other offices and have no register here."""
    own = [Series(kind, kind) for kind in EXPORTS]
    kept = [select(table.kind, table.series).distinct() for table in (HandoverRecord, QuarantinedRecord)]
    theirs = {Series(kind, series) for query in kept for kind, series in await session.execute(query)}
    return own + sorted(theirs - set(own), key=lambda each: (each.kind, each.id))


async def _write(session: AsyncSession, folder: Path, series: Series) -> SeriesEntry:
    # Two offices may have named series of two kinds alike.
    name = (series.id if series.id.startswith(series.kind) else f"{series.kind}-{series.id}")[:63]
    path, ids = f"data/{series.kind}/{name}.ndjson", list[str]()
    count = await write_series(folder, path, _records(session, series, ids))
    for begin in range(0, len(ids), IDS_AT_ONCE):
        await audit.record(session, "exportHandover", ids[begin : begin + IDS_AT_ONCE], "200")
    return SeriesEntry(id=name, title=f"{series.kind}: {series.id}", kind=series.kind, path=path, records=count)


async def _records(session: AsyncSession, series: Series, ids: list[str]) -> AsyncIterator[dict[str, Any] | str]:
    if series.id == series.kind and series.kind in EXPORTS:
        for record in await _own(session, EXPORTS[series.kind]):
            ids.append(record["external_id"])
            yield record
    kept = select(HandoverRecord).where(HandoverRecord.kind == series.kind, HandoverRecord.series == series.id)
    async for row in await session.stream_scalars(kept.order_by(HandoverRecord.id).execution_options(yield_per=IDS_AT_ONCE)):
        ids.append(str(row.id))
        yield _kept(row)
    left = select(QuarantinedRecord).where(QuarantinedRecord.kind == series.kind, QuarantinedRecord.series == series.id)
    async for waiting in await session.stream_scalars(left.order_by(QuarantinedRecord.id)):
        ids.append(str(waiting.id))
        yield waiting.payload if waiting.payload is not None else (waiting.raw or "")


async def _own(session: AsyncSession, export: Export) -> list[dict[str, Any]]:
    """The records of a register; what an earlier office said and the row has no place for goes with them."""
    table: Any = export.table
    from_elsewhere = (HandoverOrigin.target_id == table.id) & HandoverOrigin.matched.is_(False)
    query = select(table, HandoverOrigin.given).outerjoin(HandoverOrigin, from_elsewhere).where(export.only).order_by(table.id)
    below = {name: await _below(session, under) for name, under in export.below.items()}
    rows = await session.stream(query.execution_options(yield_per=IDS_AT_ONCE))
    found = [_record(export, row, {name: each[row.id] for name, each in below.items()}, given or {}) async for row, given in rows]
    records = parents_first(found)
    if export.ties is not None:
        ties: Any = export.ties
        export.tie(records, (await session.execute(select(ties).order_by(ties.seq))).scalars())
    return records


async def _below(session: AsyncSession, under: Under) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in (await session.execute(select(under.table).order_by(getattr(under.table, under.order)))).scalars():
        found[getattr(row, under.link)].append(row)
    return found


def _record(export: Export, row: Any, below: Below, given: dict[str, Any]) -> dict[str, Any]:
    return {"external_id": str(row.id)} | export.record_of(row, below) | given | {"label": row.label.model_dump(mode="json")}


def _kept(row: HandoverRecord) -> dict[str, Any]:
    original = {} if row.external_id == str(row.id) or "original_id" in row.payload else {"original_id": row.external_id}
    return row.payload | original | {"external_id": str(row.id), "label": row.label.model_dump(mode="json")}


async def _write_attachments(session: AsyncSession, folder: Path) -> None:
    ids = list((await session.execute(select(HandoverAttachment.id).order_by(HandoverAttachment.id))).scalars())
    for key in ids:
        query = select(HandoverAttachment).where(HandoverAttachment.id == key).options(undefer(HandoverAttachment.content))
        attachment = (await session.execute(query)).scalar_one()
        await asyncio.to_thread(write_attachment, folder, attachment.content)
        session.expunge(attachment)
    ours = select(Attachment.sha256).distinct().order_by(Attachment.sha256)
    for digest in list((await session.execute(ours)).scalars()):
        content = await session.scalar(select(AttachmentContent.content).where(AttachmentContent.sha256 == digest))
        if content is not None:
            await asyncio.to_thread(write_attachment, folder, content)
