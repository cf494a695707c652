"""Writes of the register of parties."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import principal_of, react_to, seeing_all
from chassis.labelling import change_label, complete_label
from chassis.outbox import announce
from chassis.records import change_record
from chassis.spelling import folded
from contracts.events.liaison import PartyChanged, PartyRegistered
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp, known_countries
from services.liaison.parties.errors import WrongRelation
from services.liaison.parties.events import PartyCountriesChanged
from services.liaison.parties.queries import ancestors_of, find_parties, require_party, show_party
from services.liaison.parties.schemas import PartyBody, PartyEdit, PartyKind, PartyOut
from services.liaison.parties.tables import Party, PartyVersion

_LOCK_TREE = text("select pg_advisory_xact_lock(hashtext('parents of parties'))")


async def register_party(session: AsyncSession, body: PartyBody) -> PartyOut:
    """Enter a party in the register; confidential unless labelled otherwise."""
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, countries=known_countries(body.countries))
    await _check_members(session, body)
    if body.parent is not None:
        await require_party(session, body.parent, "/parent")
    party = Party(kind=body.kind)
    party.label = complete_label(session, body.label, default)
    session.add(party)
    await _write(session, party, body)
    await announce(session, PartyRegistered(id=party.id, version=party.version, label=party.label))
    return await show_party(session, party)


async def edit_party(session: AsyncSession, party_id: UUID, body: PartyEdit) -> PartyOut:
    """Change what the register says of a party; what it said before stays in its history.

    Other countries can mean other States concerned: engagements react, and suspend what was
    scheduled without their word (R1).
    """
    party = await change_record(session, Party, party_id, "party")
    if body.kind != party.kind:
        # Concurrences and engagements were judged by it (R1).
        raise WrongRelation("/kind", "cannot change: register the party anew as what it is")
    unseen = await _unseen(session, party)
    kept = [each for each in unseen if each.id in party.members]
    await _check_members(session, body, kept)
    await _check_parent(session, party_id, body.parent)
    change_label(session, party, body.label, body.reason)
    before = frozenset(party.party_countries)
    parent = body.parent or next((each.id for each in unseen if each.id == party.parent_id), None)
    await _write(session, party, body.model_copy(update={"parent": parent, "members": [*body.members, *(each.id for each in kept)]}))
    if frozenset(body.countries) != before:
        await react_to(session, PartyCountriesChanged(party_id, before))
    await announce(session, PartyChanged(id=party.id, version=party.version, label=party.label))
    return await show_party(session, party)


async def _write(session: AsyncSession, party: Party, body: PartyBody) -> None:
    party.name, party.party_countries = body.name, body.countries
    party.names = [each.model_dump() for each in body.names]
    party.parent_id, party.members = body.parent, body.members
    party.search = folded([body.name, *(each.name for each in body.names)])
    await session.flush()
    said = {name: getattr(party, name) for name in ("name", "names", "party_countries", "parent_id", "members")}
    session.add(PartyVersion(party_id=party.id, recorded_by=principal_of(session).client_id, **said))


async def _unseen(session: AsyncSession, party: Party) -> list[Party]:
    """Parent and members that the editor may not know of: an edit neither shows them nor takes them away (R18)."""
    named = select(Party).where(Party.id.in_([*party.members, *([party.parent_id] if party.parent_id else [])]))
    seen = {each.id for each in (await session.execute(named)).scalars()}
    async with seeing_all(session, "liaison"):
        return [each for each in (await session.execute(named)).scalars() if each.id not in seen]


async def _check_members(session: AsyncSession, body: PartyBody, kept: Sequence[Party] = ()) -> None:
    """Only Governments act jointly, for the States they govern."""
    if not body.members and not kept:
        return
    members = [*await find_parties(session, body.members, "/members"), *kept]
    if body.kind is not PartyKind.government or len(members) < 2:
        raise WrongRelation("/members", "are for two or more Governments that act jointly")
    if any(member.kind != PartyKind.government or member.members for member in members):
        raise WrongRelation("/members", "must each be one Government")
    if set(body.countries) != {country for member in members for country in member.party_countries}:
        raise WrongRelation("/countries", "must be those of the members")


async def _check_parent(session: AsyncSession, party_id: UUID, parent: UUID | None) -> None:
    """No party is a part of itself, and none becomes one by two edits at once."""
    if parent is None:
        return
    await require_party(session, parent, "/parent")
    await session.execute(_LOCK_TREE)
    if party_id in await ancestors_of(session, parent):
        raise WrongRelation("/parent", "is a part of this party itself")
