"""Reads of the register of parties."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from chassis.pagination import Paging, page_by_key
from services.liaison.parties.schemas import PartyKind
from services.liaison.parties.tables import Party


async def list_parties(session: AsyncSession, paging: Paging, kind: PartyKind | None, country: str | None, q: str | None) -> dict[str, Any]:
    """Parties of a kind, of a country, with `q` in their name."""
    query = select(Party)
    if kind:
        query = query.where(Party.kind == kind)
    if country:
        query = query.where(Party.party_countries.contains([country]))
    if q:
        query = query.where(Party.name.icontains(q, autoescape=True))
    return await page_by_key(session, query, Party, paging)


async def find_parties(session: AsyncSession, keys: Sequence[UUID]) -> list[Party]:
    """The parties under `keys`; Invalid when one is not there or not to be seen by the caller."""
    found = (await session.execute(select(Party).where(Party.id.in_(keys)))).scalars().all()
    known = {party.id for party in found}
    missing = [{"pointer": f"/parties/{n}", "detail": "is not a party you know of"} for n, key in enumerate(keys) if key not in known]
    if missing:
        raise Invalid("Name parties of the register by their id.", missing)
    return list(found)
