"""Efforts over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from services.reports.efforts import actions, queries
from services.reports.efforts.schemas import EffortBody, EffortEdit, EffortFilters, EffortOut
from services.reports.incidents.schemas import Grade

routes = router("efforts")


@routes.post("/efforts", status_code=201, response_model=EffortOut)
async def tell_effort(body: EffortBody, session: Session, response: Response) -> EffortOut:
    """Tell of an effort: what is being done, by you or by others."""
    return created(response, "efforts", await actions.tell_effort(session, body))


@routes.get("/efforts", response_model=Page[EffortOut])
async def list_efforts(session: Session, paging: PagingQuery, filters: Annotated[EffortFilters, Query()]) -> Rows[EffortOut]:
    """Efforts, newest first."""
    return await queries.list_efforts(session, paging, filters)


@routes.get("/efforts/{effort_id}", response_model=EffortOut)
async def read_effort(effort_id: UUID, session: Session) -> EffortOut:
    """One effort."""
    return await queries.see_effort(session, effort_id)


@routes.put("/efforts/{effort_id}", response_model=EffortOut)
async def edit_effort(effort_id: UUID, body: EffortEdit, session: Session) -> EffortOut:
    """Bring an effort up to what is known now; its grade goes."""
    return await actions.edit_effort(session, effort_id, body)


@routes.post("/efforts/{effort_id}/grade", response_model=EffortOut)
async def grade_effort(effort_id: UUID, body: Grade, session: Session) -> EffortOut:
    """Grade the source of an effort and what it says."""
    return await actions.grade_effort(session, effort_id, body)
