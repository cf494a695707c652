"""Reads of hand-overs, their series, their quarantine and their kept records."""

from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from chassis.errors import NotFound
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.liaison.contacts.queries import ACTIVE, find_duplicates
from services.liaison.contacts.tables import Contact
from services.liaison.handover.queries.homes import home_of
from services.liaison.handover.rules.inventory import Addressee, RecordKind
from services.liaison.handover.rules.reconciliation import reconciles, tally
from services.liaison.handover.schemas import HandoverState, KindTally, PersonNamed, PossibleTwin, Reconciliation, SeriesOut
from services.liaison.handover.tables import (
    Handover,
    HandoverAttachment,
    HandoverOrigin,
    HandoverRecord,
    HandoverSeries,
    QuarantinedRecord,
)


async def list_handovers(session: AsyncSession, paging: Paging, state: HandoverState | None) -> Rows[Handover]:
    """Hand-overs, newest first."""
    query = select(Handover)
    if state:
        query = query.where(Handover.state == state)
    return await page_by_key(session, query, Handover, paging)


async def find_importing(session: AsyncSession) -> list[tuple[UUID, str]]:
    """Key and digest of the hand-overs whose import has begun and not ended."""
    query = select(Handover.id, Handover.digest).where(Handover.state == HandoverState.importing).order_by(Handover.id)
    return [(key, digest) for key, digest in await session.execute(query)]


async def next_series(session: AsyncSession, handover_id: UUID) -> HandoverSeries | None:
    """The first series of which something is still to be placed."""
    open_ones = HandoverSeries.line < HandoverSeries.in_package
    query = select(HandoverSeries).where(HandoverSeries.handover_id == handover_id, HandoverSeries.addressee == Addressee.centre, open_ones)
    return (await session.execute(query.order_by(HandoverSeries.place).limit(1))).scalar_one_or_none()


async def read_all_series(session: AsyncSession, handover_id: UUID) -> list[HandoverSeries]:
    """The series of a hand-over the caller may see, in the order of the package."""
    await read_record(session, Handover, handover_id, "hand-over")
    query = select(HandoverSeries).where(HandoverSeries.handover_id == handover_id).order_by(HandoverSeries.place)
    return list((await session.execute(query)).scalars())


async def list_series(session: AsyncSession, handover_id: UUID) -> list[SeriesOut]:
    """Each series with its counts and its review."""
    return [_series_out(series) for series in await read_all_series(session, handover_id)]


def _series_out(series: HandoverSeries) -> SeriesOut:
    return SeriesOut(
        **series.tally.as_row(),
        series=series.id,
        title=series.title,
        addressee=series.addressee,
        reviewed_at=series.reviewed_at,
        reviewed_by=series.reviewed_by,
        review_label=series.review_label,
        review_reason=series.review_reason,
    )


async def read_reconciliation(session: AsyncSession, handover_id: UUID) -> Reconciliation:
    """What is in the package and what became of it, per kind."""
    tallies = tally(each.tally for each in await read_all_series(session, handover_id))
    kinds = [KindTally(**kind.as_row()) for kind in tallies]
    return Reconciliation(kinds=kinds, reconciles=reconciles(tallies))


async def list_duplicates(session: AsyncSession, handover_id: UUID, paging: Paging) -> Rows[PossibleTwin]:
    """Of a page of the persons who came with a hand-over those who resemble somebody whom the caller may see."""
    await read_record(session, Handover, handover_id, "hand-over")
    came = select(HandoverOrigin.target_id).where(HandoverOrigin.handover_id == handover_id, HandoverOrigin.kind == RecordKind.contacts)
    page = await page_by_key(session, select(Contact).where(Contact.id.in_(came), Contact.state == ACTIVE), Contact, paging)
    found = [(each, await _resembled_by(session, each)) for each in page.items]
    twins = [PersonNamed.model_validate(each).model_dump() | {"resembles": others} for each, others in found if others]
    return page.showing([PossibleTwin.model_validate(each) for each in twins])


async def _resembled_by(session: AsyncSession, contact: Contact) -> list[PersonNamed]:
    names = [contact.name, contact.latin_name, *contact.other_names]
    found = await find_duplicates(session, names, contact.channels)
    return [PersonNamed.model_validate(each) for each in found if each.id != contact.id]


async def list_quarantine(session: AsyncSession, handover_id: UUID, paging: Paging, series: str | None) -> Rows[QuarantinedRecord]:
    """What could not be placed, the last first."""
    await read_record(session, Handover, handover_id, "hand-over")
    query = select(QuarantinedRecord).where(QuarantinedRecord.handover_id == handover_id)
    if series:
        query = query.where(QuarantinedRecord.series == series)
    return await page_by_key(session, query, QuarantinedRecord, paging)


async def list_records(session: AsyncSession, handover_id: UUID, paging: Paging, series: str | None, q: str | None) -> Rows[HandoverRecord]:
    """Kept records, of a series, with `q` in what they say."""
    await read_record(session, Handover, handover_id, "hand-over")
    query = select(HandoverRecord).where(HandoverRecord.handover_id == handover_id)
    if series:
        query = query.where(HandoverRecord.series == series)
    if q:
        query = query.where(cast(HandoverRecord.payload, Text).icontains(q, autoescape=True))
    return await page_by_key(session, query, HandoverRecord, paging)


async def read_handover_record(session: AsyncSession, handover_id: UUID, record_id: UUID) -> HandoverRecord:
    """One kept record."""
    record = await read_record(session, HandoverRecord, record_id, "record")
    if record.handover_id != handover_id:
        raise NotFound("record")
    return record


async def read_origin(session: AsyncSession, record_id: UUID) -> HandoverOrigin:
    """Where a record the caller may see came from; NotFound for any other (R18)."""
    query = select(HandoverOrigin).where(HandoverOrigin.target_id == record_id).order_by(HandoverOrigin.handover_id).limit(1)
    origin = (await session.execute(query)).scalar_one_or_none()
    if origin is None or await session.get(home_of(origin.kind).table, record_id) is None:
        raise NotFound("record out of a hand-over")
    return origin


async def read_attachment(session: AsyncSession, handover_id: UUID, digest: str) -> HandoverAttachment:
    """One attachment with its content."""
    query = select(HandoverAttachment).where(HandoverAttachment.handover_id == handover_id, HandoverAttachment.digest == digest)
    found = (await session.execute(query.options(undefer(HandoverAttachment.content)))).scalar_one_or_none()
    if found is None:
        raise NotFound("attachment")
    return found


async def find_quarantined(session: AsyncSession, handover_id: UUID) -> list[QuarantinedRecord]:
    """What lies in quarantine and the caller may see, in the order of import."""
    series = (HandoverSeries.handover_id == QuarantinedRecord.handover_id) & (HandoverSeries.id == QuarantinedRecord.series)
    query = select(QuarantinedRecord).join(HandoverSeries, series).where(QuarantinedRecord.handover_id == handover_id)
    return list((await session.execute(query.order_by(HandoverSeries.place, QuarantinedRecord.line))).scalars())
