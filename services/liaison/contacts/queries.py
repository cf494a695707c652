"""Reads of contacts. Row-level security hides those whose review was not answered (R4)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, and_, cast, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.context import context_of
from chassis.errors import Invalid
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from chassis.tables import AuditRow
from services.liaison.contacts.adapters.delimited import write_csv
from services.liaison.contacts.adapters.vcards import write_vcards
from services.liaison.contacts.errors import TooManyRows
from services.liaison.contacts.rules import contact_patterns, duplicate_patterns, positions_at
from services.liaison.contacts.schemas import (
    Channel,
    ContactOut,
    ContactState,
    IssuedCopies,
    IssuedCopy,
    PositionList,
    PositionOut,
)
from services.liaison.contacts.tables import Contact, Position
from services.liaison.parties.tables import Party

ACTIVE = "active"
MAX_FILE = 10_000
GIVEN_OUT = ("downloadContactsCsv", "downloadContactsVcard", "exportContact", "exportHandover", "readBriefPdf", "readBriefDocx")
"""The operations of liaison that give persons away as files. A calendar holds none."""
WRITERS: dict[str, Callable[[list[ContactOut]], bytes]] = {"csv": write_csv, "vcard": write_vcards}


@dataclass
class ContactFilter:
    """What a list of contacts is asked for."""

    q: str | None = None
    country: str | None = None
    state: ContactState | None = None
    review_due: date | None = None


async def list_contacts(session: AsyncSession, paging: Paging, wanted: ContactFilter) -> Rows[ContactOut]:
    """Contacts that answer `wanted`; merged and erased ones only when asked for."""
    page = await page_by_key(session, select(Contact).where(*_conditions(wanted)), Contact, paging)
    return page.showing(await show_contacts(session, page.items))


def _conditions(wanted: ContactFilter) -> list[Any]:
    found = [Contact.state == (wanted.state if wanted.state in (ContactState.merged, ContactState.erased) else ACTIVE)]
    if wanted.state in (ContactState.active, ContactState.restricted):
        found.append(Contact.restricted_at.is_not(None) if wanted.state is ContactState.restricted else Contact.restricted_at.is_(None))
    if wanted.q:
        found.append(_all_of(contact_patterns(wanted.q)))
    if wanted.country:
        found.append(Contact.contact_countries.contains([wanted.country]))
    if wanted.review_due:
        found.append(Contact.review_on <= wanted.review_due)
    return found


def _all_of(patterns: list[list[str]]) -> Any:
    """Every group is met by one of its patterns; nothing answers a query without words."""
    return and_(true() if patterns else Contact.id.is_(None), *(or_(*(Contact.search.like(each) for each in group)) for group in patterns))


async def read_contact(session: AsyncSession, contact_id: UUID) -> ContactOut:
    """One contact; a merged one points at the record the person goes on under."""
    return await show_contact(session, await read_record(session, Contact, contact_id, "contact"))


async def require_contacts(session: AsyncSession, keys: Sequence[UUID], pointer: str) -> None:
    """Invalid, naming the place below `pointer`, unless each is there and to be seen by the caller."""
    known = set((await session.execute(select(Contact.id).where(Contact.id.in_(keys)))).scalars())
    missing = [{"pointer": f"{pointer}/{n}", "detail": "is not a contact you know of"} for n, key in enumerate(keys) if key not in known]
    if missing:
        raise Invalid("Name persons of the register by their id.", missing)


async def find_duplicates(session: AsyncSession, names: Sequence[str], channels: list[dict[str, Any]]) -> list[Contact]:
    """Active contacts the caller may see that bear all words of one of `names`, or have one of `channels`."""
    wanted = duplicate_patterns(names, channels)
    if not wanted:
        return []
    alike = or_(*(and_(*(Contact.search.like(each) for each in patterns)) for patterns in wanted))
    query = select(Contact).where(Contact.state == ACTIVE, alike).order_by(Contact.id).limit(20)
    return list((await session.execute(query)).scalars())


async def list_positions(session: AsyncSession, contact_id: UUID, as_of: date | None, known_at: datetime | None) -> PositionList:
    """The positions of a contact and of the records merged into it, on a day, as known at a moment (R3)."""
    await read_record(session, Contact, contact_id, "contact")
    recorded = await read_recorded(session, await family_of(session, contact_id))
    shown = positions_at([row for row, _ in recorded], as_of, known_at)
    names = {row.seq: name for row, name in recorded}
    return PositionList(items=[position_out(row, names[row.seq]) for row in shown])


async def list_focal_points(session: AsyncSession, party_id: UUID) -> list[ContactOut]:
    """The contacts who hold a position at a party today."""
    await read_record(session, Party, party_id, "party")
    held = select(Position.contact_id).where(Position.party_id == party_id)
    found = (await session.execute(select(Contact).where(Contact.id.in_(held)).order_by(Contact.id).limit(500))).scalars()
    living = {contact.merged_into or contact.id for contact in found}
    query = select(Contact).where(Contact.id.in_(living), Contact.state == ACTIVE).order_by(Contact.latin_name)
    shown = await show_contacts(session, list((await session.execute(query)).scalars()))
    return [each for each in shown if any(position.party == party_id for position in each.positions)]


async def read_recorded(session: AsyncSession, contacts: set[UUID]) -> list[tuple[Position, str]]:
    """All that was recorded on positions of `contacts`, with the organization's name; at parties the caller may know of only."""
    query = (
        select(Position, Party.name)
        .outerjoin(Party, Party.id == Position.party_id)
        .where(Position.contact_id.in_(contacts), or_(Position.party_id.is_(None), Party.id.is_not(None)))
        .order_by(Position.seq)
    )
    return [(row, row.organization or name) for row, name in (await session.execute(query)).all()]


async def positions_on(session: AsyncSession, contacts: Sequence[UUID], day: date) -> dict[UUID, list[PositionOut]]:
    """The positions that each of `contacts`, or a record merged into it, held on `day`, as known now (R3)."""
    families = await _families(session, contacts)
    recorded = await read_recorded(session, set().union(*families.values()))
    names = {row.seq: name for row, name in recorded}
    held = positions_at([row for row, _ in recorded], day, None)
    return {key: [position_out(row, names[row.seq]) for row in held if row.contact_id in family] for key, family in families.items()}


async def family_of(session: AsyncSession, contact_id: UUID) -> set[UUID]:
    """The contact and all records merged into it, directly or not."""
    return set().union(*(await _families(session, [contact_id])).values())


async def _families(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    top = select(Contact.id.label("head"), Contact.id).where(Contact.id.in_(keys)).cte(recursive=True)
    top = top.union(select(top.c.head, Contact.id).join(top, Contact.merged_into == top.c.id))
    found: dict[UUID, set[UUID]] = {key: set() for key in keys}
    for head, member in (await session.execute(select(top.c.head, top.c.id))).all():
        found[head].add(member)
    return found


async def show_contact(session: AsyncSession, contact: Contact) -> ContactOut:
    """The contact as its reader sees it."""
    return (await show_contacts(session, [contact]))[0]


async def show_contacts(session: AsyncSession, contacts: Sequence[Contact]) -> list[ContactOut]:
    """Contacts with the positions held today and the records merged into them, each found at once for all."""
    families = await _families(session, [contact.id for contact in contacts])
    recorded = await read_recorded(session, set().union(*families.values())) if contacts else []
    pointed_at = {contact.merged_into for contact in contacts if contact.merged_into}
    seen = set((await session.execute(select(Contact.id).where(Contact.id.in_(pointed_at)))).scalars()) if pointed_at else set()
    of_record: dict[UUID, list[tuple[Position, str]]] = defaultdict(list)
    for row, name in recorded:
        of_record[row.contact_id].append((row, name))
    return [_shown(each, families[each.id], [row for key in families[each.id] for row in of_record[key]], seen) for each in contacts]


def _shown(contact: Contact, family: set[UUID], recorded: list[tuple[Position, str]], seen: set[UUID]) -> ContactOut:
    names = {row.seq: name for row, name in recorded}
    held = positions_at([row for row, _ in recorded], now().date(), None)
    plain_fields = ("id", "name", "latin_name", "other_names", "languages", "notes", "purpose", "review_on", "reviewed_at", "erased_at")
    return ContactOut(
        **{name: getattr(contact, name) for name in (*plain_fields, "version", "created_at", "updated_at", "label")},
        state=ContactState.restricted if contact.restricted_at and contact.state == ACTIVE else ContactState(contact.state),
        channels=[Channel.model_validate(each) for each in contact.channels],
        countries=contact.contact_countries,
        positions=[position_out(row, names[row.seq]) for row in held],
        merged_into=contact.merged_into if contact.merged_into in seen else None,
        merged_from=sorted(family - {contact.id}),
    )


def position_out(row: Position, organization: str) -> PositionOut:
    """A position as it goes out."""
    kept = ("title", "valid_from", "valid_until", "recorded_at", "recorded_by")
    said = {name: getattr(row, name) for name in kept}
    return PositionOut(id=row.position_id, contact=row.contact_id, party=row.party_id, organization=organization, **said)


async def find_copies(session: AsyncSession, contacts: set[UUID]) -> list[IssuedCopy]:
    """The files that were given out with one of `contacts` in them, oldest first, by the audit trail."""
    named = AuditRow.ids.bool_op("&&")(cast([str(each) for each in contacts], ARRAY(Text())))
    query = select(AuditRow).where(AuditRow.operation.in_(GIVEN_OUT), AuditRow.outcome == "200", named).order_by(AuditRow.seq)
    return [IssuedCopy.model_validate(each) for each in (await session.execute(query)).scalars()]


async def read_copies(session: AsyncSession, contact_id: UUID) -> IssuedCopies:
    """The copies that are out of a person and of the records merged into them."""
    await read_record(session, Contact, contact_id, "contact")
    return IssuedCopies(items=await find_copies(session, await family_of(session, contact_id)))


async def write_file(session: AsyncSession, wanted: ContactFilter, kind: str) -> bytes:
    """The contacts that answer `wanted` as CSV or vCard, at most 10,000; the audit trail names each (R17)."""
    query = select(Contact).where(*_conditions(wanted)).order_by(Contact.id.desc()).limit(MAX_FILE + 1)
    found = list((await session.execute(query)).scalars())
    if len(found) > MAX_FILE:
        raise TooManyRows(f"At most {MAX_FILE:,} contacts are given in one file. Narrow the filters.", limit=MAX_FILE)
    context_of(session).shown.add(*(each.id for each in found))
    return WRITERS[kind](await show_contacts(session, found))
