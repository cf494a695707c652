"""Which records of a package have been placed, and as what."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.liaison.contacts.tables import Contact
from services.liaison.handover.rules.parties import PartyRecord
from services.liaison.handover.rules.records import Reference, own_key
from services.liaison.handover.tables import Handover, HandoverOrigin
from services.liaison.parties.tables import Party


async def find_placed(session: AsyncSession, handover_id: UUID, references: Collection[Reference]) -> dict[Reference, UUID]:
    """The keys under which records of this hand-over were placed."""
    key = (HandoverOrigin.kind, HandoverOrigin.external_id)
    query = select(*key, HandoverOrigin.target_id).where(HandoverOrigin.handover_id == handover_id, tuple_(*key).in_(references))
    return {(kind, external_id): target for kind, external_id, target in await session.execute(query)} if references else {}


async def find_taken(session: AsyncSession, office: str, kind: str, external_ids: Collection[str]) -> set[str]:
    """Those of `external_ids` that were placed already, out of any package of that office."""
    query = (
        select(HandoverOrigin.external_id)
        .join(Handover, Handover.id == HandoverOrigin.handover_id)
        .where(Handover.office == office, HandoverOrigin.kind == kind, HandoverOrigin.external_id.in_(external_ids))
    )
    return set((await session.execute(query)).scalars())


async def find_erased(session: AsyncSession, office: str, external_ids: Collection[str]) -> set[str]:
    """Those of `external_ids` that are of persons erased here: by that office's own keys, or by ours."""
    came = (
        select(HandoverOrigin.external_id)
        .join(Handover, Handover.id == HandoverOrigin.handover_id)
        .join(Contact, Contact.id == HandoverOrigin.target_id)
        .where(Handover.office == office, HandoverOrigin.external_id.in_(external_ids), Contact.erased_at.is_not(None))
    )
    own = [key for each in external_ids if (key := own_key(each))]
    ours = select(Contact.id).where(Contact.id.in_(own), Contact.erased_at.is_not(None))
    return set((await session.execute(came)).scalars()) | {str(key) for key in (await session.execute(ours)).scalars()}


async def find_keys(session: AsyncSession, table: type[Any], keys: Collection[UUID]) -> set[UUID]:
    """Those of `keys` that rows of `table` bear already."""
    return set((await session.execute(select(table.id).where(table.id.in_(keys)))).scalars()) if keys else set()


# Institutions there is one of. Two groups of one name may be two groups: other parties are never taken for one another.
_UNIQUE = ("government", "regional-organization", "un-entity", "financial-institution")
PartyName = tuple[str, str, tuple[str, ...]]


def party_name(kind: str, name: str, countries: Sequence[str]) -> PartyName:
    """What two entries of one institution have in common."""
    return kind, name.casefold(), tuple(sorted(countries))


async def match_parties(session: AsyncSession, handover_id: UUID, records: Sequence[PartyRecord]) -> dict[str, UUID]:
    """Institutions of our register, from before this hand-over, that are the same as one of `records`, by its external id."""
    names = {record.name.lower() for record in records if record.kind in _UNIQUE}
    if not names:
        return {}
    ours = select(HandoverOrigin.target_id).where(HandoverOrigin.handover_id == handover_id, HandoverOrigin.kind == "parties")
    query = select(Party).where(Party.kind.in_(_UNIQUE), func.lower(Party.name).in_(names), Party.id.not_in(ours))
    known = {party_name(each.kind, each.name, each.party_countries): each.id for each in (await session.execute(query)).scalars()}
    found = ((record.external_id, known.get(party_name(record.kind, record.name, record.countries))) for record in records)
    return {external_id: key for external_id, key in found if key}
