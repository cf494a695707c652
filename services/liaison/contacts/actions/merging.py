"""Two records of one person: merged without losing either, and parted again when it was a mistake."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.database import principal_of
from chassis.errors import Invalid, WrongState
from chassis.records import change_record
from contracts.events.liaison import ContactMerged, ContactUnmerged
from contracts.labels import Label, join
from services.liaison.contacts.actions.entering import refresh_search, say
from services.liaison.contacts.actions.positions import change_active
from services.liaison.contacts.queries import ACTIVE, show_contact
from services.liaison.contacts.schemas import ContactOut
from services.liaison.contacts.tables import Contact, Merger

MERGED = "merged"
_LEND = text("""
    with recursive above as (
        select merged_into as head, search from contacts where id = any(cast(:merged as uuid[]))
        union all
        select c.merged_into, above.search from above join contacts c on c.id = above.head where c.merged_into is not null
    )
    update contacts set search = contacts.search || lent.search
    from (select head, string_agg(ltrim(search), '') as search from above group by head) lent where contacts.id = lent.head
""")


async def merge_contact(session: AsyncSession, contact_id: UUID, into: UUID) -> ContactOut:
    """Let `into` stand for both. Nothing is copied: its histories are read together, so that the merger can be undone."""
    await _lock(session, {contact_id, into})
    contact = await change_active(session, contact_id)
    survivor = await _survivor(session, contact, into)
    joined = join([contact.label, survivor.label], survivor.originator)
    session.add(
        Merger(
            merged_id=contact.id,
            survivor_id=survivor.id,
            merged_label=contact.label.model_dump(mode="json"),
            survivor_label=survivor.label.model_dump(mode="json"),
            merged_by=principal_of(session).client_id,
        )
    )
    contact.state, contact.merged_into = MERGED, survivor.id
    contact.label = survivor.label = joined
    survivor.updated_at = now()
    await refresh_search(session, survivor)
    await say(session, ContactMerged, contact, survivor=survivor.id)
    return await show_contact(session, survivor)


async def unmerge_contact(session: AsyncSession, contact_id: UUID) -> ContactOut:
    """Let the record stand for itself again, under the label it had."""
    contact = await change_record(session, Contact, contact_id, "contact")
    if contact.state != MERGED or contact.merged_into is None:
        raise WrongState("contact", contact.state, [MERGED])
    survivor = (await _lock(session, {contact.merged_into}))[contact.merged_into]
    query = select(Merger).where(Merger.merged_id == contact_id, Merger.undone_at.is_(None)).order_by(Merger.seq.desc()).limit(1)
    merger = (await session.execute(query)).scalar_one()
    merger.undone_at = now()
    _part(contact, survivor, merger)
    await refresh_search(session, contact)
    await refresh_search(session, survivor)
    await say(session, ContactUnmerged, contact, survivor=survivor.id)
    return await show_contact(session, contact)


async def lend_search(session: AsyncSession, merged: list[UUID]) -> None:
    """Let those whom the `merged` go on under, directly or not, be found by their names and channels; for bulk paths."""
    await session.execute(_LEND, {"merged": merged})


def _part(contact: Contact, survivor: Contact, merger: Merger) -> None:
    """Both get their labels back; one that was given another since then keeps it, and stays as strict as it was made.

    So does one that came out of a package and is not reviewed: it bears the strictest (R19).
    """
    before, other = Label.model_validate(merger.merged_label), Label.model_validate(merger.survivor_label)
    joined = join([before, other], other.originator)
    for record, label in ((survivor, other), (contact, before)):
        if record.label == joined:
            record.label = label
    contact.state, contact.merged_into = ACTIVE, None
    survivor.updated_at = now()


async def _survivor(session: AsyncSession, contact: Contact, into: UUID) -> Contact:
    survivor = (await session.execute(select(Contact).where(Contact.id == into))).scalar_one_or_none()
    if survivor is None or survivor.state != ACTIVE or survivor.id == contact.id:
        raise Invalid(
            "Name the record the person goes on under.", [{"pointer": "/into", "detail": "is no other active contact you know of"}]
        )
    return survivor


async def _lock(session: AsyncSession, keys: set[UUID]) -> dict[UUID, Contact]:
    """The contacts, locked in the order of their keys, so that two mergers of the same pair wait and never deadlock."""
    query = select(Contact).where(Contact.id.in_(keys)).order_by(Contact.id).with_for_update()
    found = (await session.execute(query.execution_options(populate_existing=True))).scalars()
    return {each.id: each for each in found}
