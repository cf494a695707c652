"""Reads of the register of parties."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import seeing_all
from chassis.errors import Invalid
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from chassis.spelling import search_patterns
from services.liaison.parties.schemas import PartyHistory, PartyKind, PartyOut, PartyRelations, PartyVersionOut
from services.liaison.parties.tables import Party, PartyVersion

MANY = 200


async def list_parties(session: AsyncSession, paging: Paging, kind: PartyKind | None, country: str | None, q: str | None) -> Rows[PartyOut]:
    """Parties of a kind, of a country, with `q` in a name of theirs, in whatever script either is written."""
    query = select(Party)
    if kind:
        query = query.where(Party.kind == kind)
    if country:
        query = query.where(Party.party_countries.contains([country]))
    if q:
        query = query.where(named_like(Party.search, q))
    page = await page_by_key(session, query, Party, paging)
    return page.showing(await _show(session, page.items))


def named_like(search: Any, q: str) -> Any:
    """The condition that every word of `q` begins a word of the folded names in `search`; nothing when `q` holds no word."""
    patterns = search_patterns(q)
    return and_(true() if patterns else search.is_(None), *(or_(*(search.like(each) for each in group)) for group in patterns))


async def read_party(session: AsyncSession, party_id: UUID) -> PartyOut:
    """One party; NotFound when the caller may not know of it."""
    return await show_party(session, await read_record(session, Party, party_id, "party"))


async def show_party(session: AsyncSession, party: Party) -> PartyOut:
    """The party as its reader sees it."""
    return (await _show(session, [party]))[0]


async def read_relations(session: AsyncSession, party_id: UUID) -> PartyRelations:
    """What the party has to do with others."""
    party = await read_record(session, Party, party_id, "party")
    above = await _find(session, select(Party).where(Party.id == party.parent_id))
    return PartyRelations(
        parent=above[0] if above else None,
        parts=await _find(session, select(Party).where(Party.parent_id == party_id)),
        members=await _find(session, select(Party).where(Party.id.in_(party.members))),
        joins=await _find(session, select(Party).where(Party.members.contains([party_id]))),
    )


async def read_history(session: AsyncSession, party_id: UUID) -> PartyHistory:
    """What the register said of the party, newest first."""
    await read_record(session, Party, party_id, "party")
    query = select(PartyVersion).where(PartyVersion.party_id == party_id).order_by(PartyVersion.seq.desc())
    return PartyHistory(items=[PartyVersionOut.model_validate(row) for row in (await session.execute(query)).scalars()])


async def require_party(session: AsyncSession, key: UUID, pointer: str) -> None:
    """Invalid, naming `pointer`, unless the party is there and to be seen by the caller."""
    if (await session.execute(select(Party.id).where(Party.id == key))).scalar() is None:
        raise Invalid("Name a party of the register by its id.", [{"pointer": pointer, "detail": "is not a party you know of"}])


async def find_parties(session: AsyncSession, keys: Sequence[UUID], pointer: str = "/parties") -> list[Party]:
    """The parties under `keys`; Invalid when one is not there or not to be seen by the caller."""
    found = (await session.execute(select(Party).where(Party.id.in_(keys)))).scalars().all()
    known = {party.id for party in found}
    missing = [{"pointer": f"{pointer}/{n}", "detail": "is not a party you know of"} for n, key in enumerate(keys) if key not in known]
    if missing:
        raise Invalid("Name parties of the register by their id.", missing)
    return list(found)


async def lock_parties(session: AsyncSession, keys: Sequence[UUID]) -> None:
    """Let nobody change the parties until the transaction ends: the gate judges by their countries (R1)."""
    locked = select(Party).where(Party.id.in_(keys)).order_by(Party.id).with_for_update(read=True)
    await session.execute(locked.execution_options(populate_existing=True))


async def ancestors_of(session: AsyncSession, party_id: UUID) -> set[UUID]:
    """The party and all it is a part of, also what the caller may not see."""
    async with seeing_all(session, "liaison"):
        above = select(Party.id, Party.parent_id).where(Party.id == party_id).cte(recursive=True)
        above = above.union(select(Party.id, Party.parent_id).join(above, Party.id == above.c.parent_id))
        return set((await session.execute(select(above.c.id))).scalars())


async def _find(session: AsyncSession, query: Select[Party]) -> list[PartyOut]:
    return await _show(session, list((await session.execute(query.order_by(Party.name).limit(MANY))).scalars()))


async def _show(session: AsyncSession, parties: Sequence[Party]) -> list[PartyOut]:
    """Related parties are named only to who may know of them."""
    named = {key for party in parties for key in (*party.members, *([party.parent_id] if party.parent_id else []))}
    seen = set((await session.execute(select(Party.id).where(Party.id.in_(named)))).scalars()) if named else set()
    shown = [PartyOut.model_validate(party) for party in parties]
    for each in shown:
        each.parent = each.parent if each.parent in seen else None
        each.members = [member for member in each.members if member in seen]
    return shown
