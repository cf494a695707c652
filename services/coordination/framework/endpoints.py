"""The framework over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Place, Theme
from services.coordination.framework import actions, queries
from services.coordination.framework.schemas import ObjectiveBody, ObjectiveOut
from services.coordination.framework.tables import Objective

routes = router("framework")


@routes.post("/objectives", status_code=201, response_model=ObjectiveOut)
async def set_objective(body: ObjectiveBody, session: Session, response: Response) -> Objective:
    """Set an objective for a place and theme."""
    return created(response, "objectives", await actions.set_objective(session, body))


@routes.get("/objectives", response_model=Page[ObjectiveOut])
async def list_objectives(session: Session, paging: PagingQuery, place: Place | None = None, theme: Theme | None = None) -> Rows[Objective]:
    """Objectives, newest first."""
    return await queries.list_objectives(session, paging, place, theme)


@routes.get("/objectives/{objective_id}", response_model=ObjectiveOut)
async def read_objective(objective_id: UUID, session: Session) -> Objective:
    """One objective."""
    return await read_record(session, Objective, objective_id, "objective")
