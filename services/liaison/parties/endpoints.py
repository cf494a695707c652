"""Parties over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import AnyCountry
from services.liaison.parties import actions, queries
from services.liaison.parties.schemas import PartyBody, PartyEdit, PartyHistory, PartyKind, PartyOut, PartyRelations

routes = router("parties")
Named = Annotated[str | None, Query(max_length=200, description="Words of a name, in any script and spelling.")]


@routes.post("/parties", status_code=201, response_model=PartyOut)
async def register_party(body: PartyBody, session: Session, response: Response) -> PartyOut:
    """Enter a party in the register."""
    return created(response, "parties", await actions.register_party(session, body))


@routes.get("/parties", response_model=Page[PartyOut])
async def list_parties(
    session: Session, paging: PagingQuery, kind: PartyKind | None = None, country: AnyCountry | None = None, q: Named = None
) -> Rows[PartyOut]:
    """Parties, newest first."""
    return await queries.list_parties(session, paging, kind, country, q)


@routes.get("/parties/{party_id}", response_model=PartyOut)
async def read_party(party_id: UUID, session: Session) -> PartyOut:
    """One party."""
    return await queries.read_party(session, party_id)


@routes.put("/parties/{party_id}", response_model=PartyOut)
async def edit_party(party_id: UUID, body: PartyEdit, session: Session) -> PartyOut:
    """Change what the register says of a party; its history keeps what it said before.

    Scheduled meetings that thereby concern a State more are suspended (R1).
    """
    return await actions.edit_party(session, party_id, body)


@routes.get("/parties/{party_id}/relations", response_model=PartyRelations)
async def read_party_relations(party_id: UUID, session: Session) -> PartyRelations:
    """Its parent, its parts, the Governments that act jointly in it, and the joint parties it is in."""
    return await queries.read_relations(session, party_id)


@routes.get("/parties/{party_id}/history", response_model=PartyHistory)
async def read_party_history(party_id: UUID, session: Session) -> PartyHistory:
    """What the register said of it, newest first."""
    return await queries.read_history(session, party_id)
