"""What a hand-over keeps of persons outside the register of contacts, once they are erased (R4)."""

from uuid import UUID

from sqlalchemy import cast, func, literal, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import seeing_all
from services.liaison.handover.rules.inventory import RecordKind
from services.liaison.handover.rules.sifting import ERASED
from services.liaison.handover.tables import Handover, HandoverOrigin, QuarantinedRecord


async def forget_quarantined(session: AsyncSession, contact: UUID) -> None:
    """Empty the records in quarantine that are of `contact`.

    Sent again by their office, a person lies there whole.
    """
    known = (
        select(Handover.office, HandoverOrigin.external_id)
        .join(Handover, Handover.id == HandoverOrigin.handover_id)
        .where(HandoverOrigin.kind == RecordKind.contacts, HandoverOrigin.target_id == contact)
    )
    office = select(Handover.office).where(Handover.id == QuarantinedRecord.handover_id).scalar_subquery()
    theirs = or_(
        QuarantinedRecord.external_id == str(contact),
        tuple_(office, QuarantinedRecord.external_id).in_(known),
    )
    emptied = func.jsonb_build_object(cast(literal("external_id"), QuarantinedRecord.external_id.type), QuarantinedRecord.external_id)
    said = {"payload": cast(emptied, JSONB), "raw": None, "pointer": ERASED.pointer, "reason": ERASED.reason}
    async with seeing_all(session, "liaison"):
        await session.execute(update(QuarantinedRecord).where(QuarantinedRecord.kind == RecordKind.contacts, theirs).values(said))
