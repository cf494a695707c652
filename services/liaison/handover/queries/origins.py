"""Which records of a package have been placed, and as what."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.liaison.handover.rules.records import Reference
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


async def find_keys(session: AsyncSession, table: type[Any], keys: Collection[UUID]) -> set[UUID]:
    """Those of `keys` that rows of `table` bear already."""
    return set((await session.execute(select(table.id).where(table.id.in_(keys)))).scalars()) if keys else set()


# Institutions there is one of. Two groups of one name may be two groups: other parties are never taken for one another.
_UNIQUE = ("government", "regional-organization", "un-entity", "financial-institution")
PartyName = tuple[str, str, tuple[str, ...]]


def party_name(row: Mapping[str, Any]) -> PartyName:
    """What two entries of one institution have in common: kind, name and countries."""
    return row["kind"], row["name"].casefold(), tuple(sorted(row["party_countries"]))


async def match_parties(session: AsyncSession, handover_id: UUID, rows: Sequence[Mapping[str, Any]]) -> dict[PartyName, UUID]:
    """Institutions of our register, from before this hand-over, that have the name of one of `rows`."""
    names = {row["name"].lower() for row in rows if row["kind"] in _UNIQUE}
    if not names:
        return {}
    ours = select(HandoverOrigin.target_id).where(HandoverOrigin.handover_id == handover_id, HandoverOrigin.kind == "parties")
    query = select(Party).where(Party.kind.in_(_UNIQUE), func.lower(Party.name).in_(names), Party.id.not_in(ours))
    columns = ("kind", "name", "party_countries")
    found = (await session.execute(query)).scalars()
    return {party_name({name: getattr(party, name) for name in columns}): party.id for party in found}
