"""Entering and editing a person, with a warning before somebody is entered twice."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import new_id, now
from chassis.labelling import change_label, complete_label
from chassis.outbox import announce
from contracts.events import Announcement
from contracts.events.liaison import ContactChanged, ContactEntered
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.contacts.actions.positions import add_position, change_active
from services.liaison.contacts.errors import PossibleDuplicate, WrongReview
from services.liaison.contacts.queries import ACTIVE, family_of, find_duplicates, show_contact
from services.liaison.contacts.rules import latin, next_review, searchable
from services.liaison.contacts.schemas import ContactBody, ContactEdit, ContactOut, PersonBody
from services.liaison.contacts.tables import Contact

# One entry at a time: of two people who enter the same person at once, the second is warned of the first.
_LOCK_REGISTER = text("select pg_advisory_xact_lock(hashtext('entry of contacts'))")


async def enter_contact(session: AsyncSession, body: ContactBody) -> ContactOut:
    """Enter a person. PossibleDuplicate when somebody like them is there and was not confirmed to be another."""
    await lock_register(session)
    found = await duplicates_of(session, body)
    if found:
        raise PossibleDuplicate([{"id": str(each.id), "name": each.name, "latin_name": each.latin_name} for each in found])
    contact = await add_contact(session, body)
    await say(session, ContactEntered, contact)
    return await show_contact(session, contact)


async def lock_register(session: AsyncSession) -> None:
    """Let nobody else enter contacts until the transaction ends."""
    await session.execute(_LOCK_REGISTER)


async def duplicates_of(session: AsyncSession, body: ContactBody) -> list[Contact]:
    """Contacts that may be the same person and were not confirmed to be others."""
    names = [body.name, *([body.latin_name] if body.latin_name else []), *body.other_names]
    found = await find_duplicates(session, names, [each.model_dump() for each in body.channels])
    return [each for each in found if each.id not in body.confirmed_distinct_from]


async def add_contact(session: AsyncSession, body: ContactBody) -> Contact:
    """A new row, with its positions; nothing is announced yet."""
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, countries=body.countries)
    contact = Contact(id=new_id(), state=ACTIVE, review_on=review_day(body.review_on))
    contact.label = complete_label(session, body.label, default)
    _write(contact, body)
    contact.search = searchable(_names(contact), contact.channels)
    session.add(contact)
    await session.flush()
    for position in body.positions:
        await add_position(session, contact, position, f"/positions/{body.positions.index(position)}")
    return contact


async def edit_contact(session: AsyncSession, contact_id: UUID, body: ContactEdit) -> ContactOut:
    """Change what is kept on a person."""
    contact = await change_active(session, contact_id)
    change_label(session, contact, body.label, body.reason)
    _write(contact, body)
    await refresh_search(session, contact)
    await say(session, ContactChanged, contact)
    return await show_contact(session, contact)


async def refresh_search(session: AsyncSession, contact: Contact) -> None:
    """A contact is found by the names and channels of the records merged into it, too."""
    await session.flush()
    query = select(Contact).where(Contact.id.in_(await family_of(session, contact.id)))
    family = sorted((await session.execute(query)).scalars(), key=lambda each: each.id != contact.id)
    names = [name for each in family for name in _names(each)]
    contact.search = searchable(names, [channel for each in family for channel in each.channels])


async def say(session: AsyncSession, announcement: type[Announcement], contact: Contact, **more: Any) -> None:
    """Announce something of a contact: ids only."""
    await session.flush()
    await announce(session, announcement(id=contact.id, version=contact.version, label=contact.label, **more))


def review_day(wanted: Any) -> Any:
    """The review date; WrongReview when it cannot be one."""
    try:
        return next_review(now().date(), wanted)
    except ValueError as error:
        raise WrongReview(str(error)) from error


def _names(contact: Contact) -> list[str]:
    return [contact.name, contact.latin_name, *contact.other_names]


def _write(contact: Contact, body: PersonBody) -> None:
    contact.name, contact.latin_name = body.name, body.latin_name or latin(body.name)
    contact.other_names, contact.languages, contact.contact_countries = body.other_names, body.languages, body.countries
    contact.channels = [each.model_dump(mode="json") for each in body.channels]
    contact.notes, contact.purpose = body.notes, body.purpose
