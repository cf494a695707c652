"""Concurrences over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import AwareDatetime

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.moments import Moment
from contracts.vocabulary import Country, Reason
from services.liaison.concurrence import actions, queries
from services.liaison.concurrence.schemas import (
    ConcurrenceBody,
    ConcurrenceFilters,
    ConcurrenceOut,
    Confirmation,
    Grant,
    Withdrawal,
)
from services.liaison.concurrence.tables import Concurrence, ConcurrenceContent

routes = router("concurrence")
MomentQuery = Annotated[Moment, Depends()]


@routes.post("/concurrences", status_code=201, response_model=ConcurrenceOut)
async def request_concurrence(body: ConcurrenceBody, session: Session, response: Response) -> Concurrence:
    """Record that a Government is asked for its concurrence."""
    return created(response, "concurrences", await actions.request_concurrence(session, body))


@routes.get("/concurrences", response_model=Page[ConcurrenceOut])
async def list_concurrences(
    session: Session, paging: PagingQuery, filters: Annotated[ConcurrenceFilters, Depends()], moment: MomentQuery
) -> Rows[ConcurrenceContent]:
    """Concurrences, newest first; with `as_of` and `known_at`, as they stood on a day as known on another."""
    return await queries.list_concurrences(session, paging, filters, moment)


@routes.get("/concurrences/board", response_model=Page[ConcurrenceOut])
async def read_concurrence_board(
    session: Session,
    paging: PagingQuery,
    country: Country | None = None,
    ending_before: Annotated[AwareDatetime | None, Query(description="Only what ends, or lapses unconfirmed, before this moment.")] = None,
) -> Rows[Concurrence]:
    """Who may be met on what until when: the concurrences given that still cover something."""
    return await queries.read_board(session, paging, country, ending_before)


@routes.get("/concurrences/{concurrence_id}", response_model=ConcurrenceOut)
async def read_concurrence(concurrence_id: UUID, session: Session, moment: MomentQuery) -> ConcurrenceContent:
    """One concurrence; with `as_of` and `known_at`, as it stood on a day as known on another."""
    return await queries.read_concurrence(session, concurrence_id, moment)


@routes.post("/concurrences/{concurrence_id}/grant", response_model=ConcurrenceOut)
async def grant_concurrence(concurrence_id: UUID, session: Session, body: Grant | None = None) -> Concurrence:
    """Record that the Government concurred, to all or part of what was asked."""
    return await actions.grant_concurrence(session, concurrence_id, body or Grant())


@routes.post("/concurrences/{concurrence_id}/confirm", response_model=ConcurrenceOut)
async def confirm_concurrence(concurrence_id: UUID, body: Confirmation, session: Session) -> Concurrence:
    """Record the note that confirms an oral concurrence."""
    return await actions.confirm_concurrence(session, concurrence_id, body.answered_by)


@routes.post("/concurrences/{concurrence_id}/decline", response_model=ConcurrenceOut)
async def decline_concurrence(concurrence_id: UUID, body: Reason, session: Session) -> Concurrence:
    """Record that the Government did not concur."""
    return await actions.decline_concurrence(session, concurrence_id, body.reason)


@routes.post("/concurrences/{concurrence_id}/withdraw", response_model=ConcurrenceOut)
async def withdraw_concurrence(concurrence_id: UUID, body: Withdrawal, session: Session) -> Concurrence:
    """Record that the Government withdrew its concurrence; engagements that leaned on it are suspended at once."""
    return await actions.withdraw_concurrence(session, concurrence_id, body)
