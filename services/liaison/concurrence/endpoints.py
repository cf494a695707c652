"""Concurrences over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery
from chassis.records import read_record
from contracts.vocabulary import Country, Reason
from services.liaison.concurrence import actions, queries
from services.liaison.concurrence.schemas import ConcurrenceBody, ConcurrenceOut, ConcurrenceState
from services.liaison.concurrence.tables import Concurrence
from services.liaison.engagements.actions import suspend_leaning

routes = router("concurrence")


@routes.post("/concurrences", status_code=201, response_model=ConcurrenceOut)
async def request_concurrence(body: ConcurrenceBody, session: Session, response: Response) -> Concurrence:
    """Record that a Government is asked for its concurrence."""
    return created(response, "concurrences", await actions.request_concurrence(session, body))


@routes.get("/concurrences", response_model=Page[ConcurrenceOut])
async def list_concurrences(
    session: Session,
    paging: PagingQuery,
    state: ConcurrenceState | None = None,
    country: Country | None = None,
    party: UUID | None = None,
) -> dict[str, Any]:
    """Concurrences, newest first."""
    return await queries.list_concurrences(session, paging, state, country, party)


@routes.get("/concurrences/{concurrence_id}", response_model=ConcurrenceOut)
async def read_concurrence(concurrence_id: UUID, session: Session) -> Concurrence:
    """One concurrence."""
    return await read_record(session, Concurrence, concurrence_id, "concurrence")


@routes.post("/concurrences/{concurrence_id}/grant", response_model=ConcurrenceOut)
async def grant_concurrence(concurrence_id: UUID, session: Session) -> Concurrence:
    """Record that the Government concurred."""
    return await actions.grant_concurrence(session, concurrence_id)


@routes.post("/concurrences/{concurrence_id}/decline", response_model=ConcurrenceOut)
async def decline_concurrence(concurrence_id: UUID, body: Reason, session: Session) -> Concurrence:
    """Record that the Government did not concur."""
    return await actions.decline_concurrence(session, concurrence_id, body.reason)


@routes.post("/concurrences/{concurrence_id}/withdraw", response_model=ConcurrenceOut)
async def withdraw_concurrence(concurrence_id: UUID, body: Reason, session: Session) -> Concurrence:
    """Record that the Government withdrew its concurrence; engagements that leaned on it are suspended at once."""
    return await actions.withdraw_concurrence(session, concurrence_id, body.reason, suspend_leaning)
