"""Reviews, restriction and erasure (R4)."""

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.outbox import announce
from contracts.events.liaison import ContactChanged, ContactErased, ContactRestricted, ContactReviewDue
from services.liaison.contacts.actions.entering import review_day, say
from services.liaison.contacts.actions.positions import change_active
from services.liaison.contacts.errors import Erased
from services.liaison.contacts.queries import ACTIVE, family_of, find_copies, show_contact
from services.liaison.contacts.rules import pseudonym
from services.liaison.contacts.schemas import ContactOut, ErasedContact, ReviewBody
from services.liaison.contacts.tables import Contact, Position

ERASED = "erased"
BATCH = 500
REMINDED = timedelta(days=30)
"""How long before its day a review is announced."""
# Not through the mapping: being reminded of changes neither the version that an officer read nor what was screened.
_REMIND = text("""
    update contacts set review_announced = review_on where id in (
        select id from contacts where state = 'active' and restricted_at is null and review_on <= :until
            and review_announced is distinct from review_on
        order by id limit :limit for update skip locked
    ) returning id
""")

# The stored answer to a keyed request may show the person; a row per file names ids only and stays. A stored package is packed,
# so that nobody can tell: none is kept.
_FORGET_ANSWERS = text(
    "update idempotency_keys set status = 410, headers = cast(:headers as jsonb), body = :body"
    " where operation = 'exportHandover' or operation <> 'importContacts' and position(convert_to(:id, 'UTF8') in body) > 0"
)


async def review_contact(session: AsyncSession, contact_id: UUID, body: ReviewBody) -> ContactOut:
    """Answer the review: the purpose still holds. A restricted contact is shown again to whom it was shown before."""
    contact = await change_active(session, contact_id)
    contact.reviewed_at, contact.review_on = now(), review_day(body.review_on)
    contact.purpose = body.purpose or contact.purpose
    for each in await _lock_family(session, contact):
        each.restricted_at = None
    await say(session, ContactChanged, contact)
    return await show_contact(session, contact)


async def restrict_unreviewed(session: AsyncSession) -> int:
    """Restrict contacts whose review was due before today, at most 500 and the records merged into them; how many."""
    query = (
        select(Contact)
        .where(Contact.state == ACTIVE, Contact.restricted_at.is_(None), Contact.review_on < now().date())
        .order_by(Contact.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    due = list((await session.execute(query)).scalars())
    restricted = [each for contact in due for each in await _lock_family(session, contact)]
    for each in restricted:
        each.restricted_at = now()
    await session.flush()
    await announce(session, *(ContactRestricted(id=each.id, version=each.version, label=each.label) for each in restricted))
    return len(due)


async def announce_reviews(session: AsyncSession) -> int:
    """Announce, once for each review date, that a review falls due within 30 days, at most 500 at once; how many."""
    due = list((await session.execute(_REMIND, {"until": now().date() + REMINDED, "limit": BATCH})).scalars())
    contacts = list((await session.execute(select(Contact).where(Contact.id.in_(due)).order_by(Contact.id))).scalars())
    said = [ContactReviewDue(id=each.id, version=each.version, label=each.label, review_on=each.review_on) for each in contacts]
    await announce(session, *said)
    return len(due)


async def erase_contact(session: AsyncSession, contact_id: UUID, reason: str) -> ErasedContact:
    """Remove a person from the register, its history and stored answers. The key and a pseudonym stay (R4).

    A merged record is erased through the one the person goes on under. Other capabilities that keep
    something of the person react to ContactErased.
    What was given out with them before is listed: it is sealed, and stays with whoever has it.
    """
    contact = await change_active(session, contact_id)
    family = await _lock_family(session, contact)
    keys = {each.id for each in family}
    await session.execute(delete(Position).where(Position.contact_id.in_(keys)))
    for each in family:
        _empty(each, reason)
        await _forget_answers(session, each.id)
        await say(session, ContactErased, each)
    shown = await show_contact(session, contact)
    return ErasedContact(**dict(shown), issued_copies=await find_copies(session, keys))


def _empty(contact: Contact, reason: str) -> None:
    contact.state, contact.erased_at, contact.erased_because = ERASED, now(), reason
    contact.name = contact.latin_name = pseudonym(contact.id)
    contact.other_names, contact.languages, contact.channels, contact.contact_countries = [], [], [], []
    contact.notes, contact.purpose, contact.search, contact.restricted_at = None, "Erased.", "", None
    contact.review_on = now().date() + timedelta(days=1)


async def _forget_answers(session: AsyncSession, contact_id: UUID) -> None:
    document = Erased("The person this was about was erased. Nothing of the first answer is kept.").document("")
    values = {"headers": '{"content-type": "application/problem+json"}', "body": json.dumps(document).encode(), "id": str(contact_id)}
    await session.execute(_FORGET_ANSWERS, values)


async def _lock_family(session: AsyncSession, contact: Contact) -> list[Contact]:
    keys = await family_of(session, contact.id)
    query = select(Contact).where(Contact.id.in_(keys)).order_by(Contact.id).with_for_update()
    return list((await session.execute(query)).scalars())
