"""Reads of all that is held on a person."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.records import read_record
from services.liaison.contacts.queries import family_of, position_out, read_recorded, show_contacts
from services.liaison.contacts.schemas import MergerOut, RecordedPosition
from services.liaison.contacts.tables import Contact, Merger
from services.liaison.engagements.queries import attended_by
from services.liaison.screening.queries import held_on
from services.liaison.subject_access.schemas import ContactExport


async def read_export(session: AsyncSession, contact_id: UUID) -> ContactExport:
    """All that liaison holds on a person and on the records merged into theirs."""
    await read_record(session, Contact, contact_id, "contact")
    family = await family_of(session, contact_id)
    records = list((await session.execute(select(Contact).where(Contact.id.in_(family)).order_by(Contact.id))).scalars())
    recorded = await read_recorded(session, family)
    mergers = (await session.execute(select(Merger).where(Merger.merged_id.in_(family)).order_by(Merger.seq))).scalars()
    return ContactExport(
        id=contact_id,
        exported_at=now(),
        records=await show_contacts(session, records),
        positions=[RecordedPosition(**position_out(row, name).model_dump(), void=row.void) for row, name in recorded],
        mergers=[MergerOut.model_validate(each) for each in mergers],
        screenings=await held_on(session, family),
        engagements=await attended_by(session, family),
    )
