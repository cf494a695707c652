"""Positions over time. What was recorded is never changed: a correction is recorded beside it (R3)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import NotFound, WrongState
from chassis.outbox import announce
from chassis.records import change_record
from contracts.events.liaison import ContactChanged
from services.liaison.contacts.queries import ACTIVE, family_of, position_out, read_recorded
from services.liaison.contacts.schemas import PositionBody, PositionOut
from services.liaison.contacts.tables import Contact, Position
from services.liaison.parties.queries import require_party


async def record_position(session: AsyncSession, contact_id: UUID, body: PositionBody) -> PositionOut:
    """Record that a person holds or held a position."""
    contact = await change_active(session, contact_id)
    return await _changed(session, contact, await add_position(session, contact, body, ""))


async def correct_position(session: AsyncSession, contact_id: UUID, position_id: UUID, body: PositionBody) -> PositionOut:
    """Record what is known better now; what was known before can still be asked for."""
    contact = await change_active(session, contact_id)
    known = await _known(session, contact, position_id)
    return await _changed(session, contact, await add_position(session, contact, body, "", position_id=known.position_id))


async def void_position(session: AsyncSession, contact_id: UUID, position_id: UUID) -> PositionOut:
    """Record that the position was recorded by mistake."""
    contact = await change_active(session, contact_id)
    known = await _known(session, contact, position_id)
    kept = ("position_id", "party_id", "organization", "title", "valid_from", "valid_until")
    row = Position(**{name: getattr(known, name) for name in kept}, contact_id=known.contact_id, void=True)
    row.recorded_by = principal_of(session).client_id
    session.add(row)
    return await _changed(session, contact, row)


async def add_position(
    session: AsyncSession, contact: Contact, body: PositionBody, pointer: str, *, position_id: UUID | None = None
) -> Position:
    """One more row of what is known; Invalid for a party the caller may not know of."""
    if body.party is not None:
        await require_party(session, body.party, f"{pointer}/party")
    said = body.model_dump(include={"organization", "title", "valid_from", "valid_until"})
    row = Position(contact_id=contact.id, party_id=body.party, recorded_by=principal_of(session).client_id, **said)
    if position_id is not None:
        row.position_id = position_id
    session.add(row)
    await session.flush()
    return row


async def change_active(session: AsyncSession, contact_id: UUID) -> Contact:
    """The contact, locked; WrongState when it is merged or erased."""
    contact = await change_record(session, Contact, contact_id, "contact")
    if contact.state != ACTIVE:
        raise WrongState("contact", contact.state, [ACTIVE])
    return contact


async def _known(session: AsyncSession, contact: Contact, position_id: UUID) -> Position:
    family = await family_of(session, contact.id)
    rows = [row for row, _ in await read_recorded(session, family) if row.position_id == position_id]
    if not rows or rows[-1].void:
        raise NotFound("position")
    return rows[-1]


async def _changed(session: AsyncSession, contact: Contact, row: Position) -> PositionOut:
    """The position as it goes out; the contact's version rises, since its reading changed."""
    contact.updated_at = now()
    await session.flush()
    await announce(session, ContactChanged(id=contact.id, version=contact.version, label=contact.label))
    found = await read_recorded(session, {row.contact_id})
    return next(position_out(each, organization) for each, organization in found if each.seq == row.seq)
