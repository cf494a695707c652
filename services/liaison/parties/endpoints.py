"""Parties over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery
from chassis.records import read_record
from contracts.vocabulary import Country
from services.liaison.parties import actions, queries
from services.liaison.parties.schemas import PartyBody, PartyKind, PartyOut
from services.liaison.parties.tables import Party

routes = router("parties")


@routes.post("/parties", status_code=201, response_model=PartyOut)
async def register_party(body: PartyBody, session: Session, response: Response) -> Party:
    """Enter a party in the register."""
    return created(response, "parties", await actions.register_party(session, body))


@routes.get("/parties", response_model=Page[PartyOut])
async def list_parties(
    session: Session, paging: PagingQuery, kind: PartyKind | None = None, country: Country | None = None, q: str | None = None
) -> dict[str, Any]:
    """Parties, newest first."""
    return await queries.list_parties(session, paging, kind, country, q)


@routes.get("/parties/{party_id}", response_model=PartyOut)
async def read_party(party_id: UUID, session: Session) -> Party:
    """One party."""
    return await read_record(session, Party, party_id, "party")
