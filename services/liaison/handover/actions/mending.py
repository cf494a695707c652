"""The quarantine: a record is mended, or all are tried again once what they name has been placed."""

import json
from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import seeing_all
from chassis.errors import NotFound
from chassis.outbox import announce
from chassis.records import change_record, read_record
from contracts.events.liaison import HandoverRecordsPlaced
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.handover.actions.placing import place_lines
from services.liaison.handover.errors import StillFlawed
from services.liaison.handover.queries.handovers import find_quarantined
from services.liaison.handover.schemas import MendedRecord, Placement
from services.liaison.handover.tables import Handover, HandoverSeries, QuarantinedRecord


async def mend_record(session: AsyncSession, handover_id: UUID, record_id: UUID, mended: MendedRecord) -> Placement:
    """Place a record as it should have been. StillFlawed, with a pointer, when it still cannot be."""
    quarantined = await read_record(session, QuarantinedRecord, record_id, "record in quarantine")
    if quarantined.handover_id != handover_id:
        raise NotFound("record in quarantine")
    handover = await change_record(session, Handover, handover_id, "hand-over")
    quarantined = await change_record(session, QuarantinedRecord, record_id, "record in quarantine")
    line, series_id = quarantined.line, quarantined.series
    placed = await _place_again(session, handover, series_id, [(quarantined, json.dumps(mended.record).encode())])
    if not placed:
        query = select(QuarantinedRecord).where(QuarantinedRecord.handover_id == handover_id, QuarantinedRecord.line == line)
        flawed = (await session.execute(query.where(QuarantinedRecord.series == series_id))).scalars().one()
        raise StillFlawed(flawed.pointer, flawed.reason)
    return await _placement(session, handover, placed)


async def retry_quarantine(session: AsyncSession, handover_id: UUID) -> Placement:
    """Try everything in quarantine once more, in the order of import; what still cannot be placed stays, with its reason of now."""
    handover = await change_record(session, Handover, handover_id, "hand-over")
    placed = list[UUID]()
    for series_id, group in groupby(await find_quarantined(session, handover_id), key=lambda each: each.series):
        placed += await _place_again(session, handover, series_id, [(each, _line_of(each)) for each in group])
    return await _placement(session, handover, placed)


def _line_of(quarantined: QuarantinedRecord) -> bytes:
    return json.dumps(quarantined.payload).encode() if quarantined.payload is not None else (quarantined.raw or "").encode()


Attempt = tuple[QuarantinedRecord, bytes]


async def _place_again(session: AsyncSession, handover: Handover, series_id: str, attempts: Sequence[Attempt]) -> list[UUID]:
    """Take records out of the quarantine and place them as if they came now; a series with new records is to be reviewed again."""
    async with seeing_all(session, "liaison"):
        series = await session.get_one(HandoverSeries, (handover.id, series_id))
        await session.execute(delete(QuarantinedRecord).where(QuarantinedRecord.id.in_([each.id for each, _ in attempts])))
        series.quarantined -= len(attempts)
        placed = await place_lines(session, handover, series, [(each.line, line) for each, line in attempts])
        if placed:
            series.reviewed_at = None
    return placed


async def _placement(session: AsyncSession, handover: Handover, placed: list[UUID]) -> Placement:
    handover.updated_at = now()
    await session.flush()
    label = handover.label.model_copy(update={"sensitivity": Sensitivity.strictly_confidential, "tlp": Tlp.red})
    await announce(session, HandoverRecordsPlaced(id=handover.id, version=handover.version, label=label, records=placed))
    left = await find_quarantined(session, handover.id)
    return Placement(placed=len(placed), quarantined=len(left))
