"""Initiatives over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Country, Slug, Theme
from services.coordination.initiatives import actions, queries
from services.coordination.initiatives.schemas import InitiativeBody, InitiativeOut, StepBody, StepDone
from services.coordination.initiatives.tables import Initiative

routes = router("initiatives")


@routes.post("/initiatives", status_code=201, response_model=InitiativeOut)
async def track_initiative(body: InitiativeBody, session: Session, response: Response) -> Initiative:
    """Begin to track an initiative of another organization."""
    return created(response, "initiatives", await actions.track_initiative(session, body))


@routes.get("/initiatives", response_model=Page[InitiativeOut])
async def list_initiatives(
    session: Session, paging: PagingQuery, owner: Slug | None = None, country: Country | None = None, theme: Theme | None = None
) -> Rows[Initiative]:
    """Initiatives, newest first."""
    return await queries.list_initiatives(session, paging, owner, country, theme)


@routes.get("/initiatives/{initiative_id}", response_model=InitiativeOut)
async def read_initiative(initiative_id: UUID, session: Session) -> Initiative:
    """One initiative, with the Centre's steps."""
    return await read_record(session, Initiative, initiative_id, "initiative")


@routes.post("/initiatives/{initiative_id}/steps", status_code=201, response_model=InitiativeOut)
async def add_step(initiative_id: UUID, body: StepBody, session: Session, response: Response) -> Initiative:
    """Record a step to encourage it, planned or taken."""
    return created(response, "initiatives", await actions.add_step(session, initiative_id, body))


@routes.post("/initiatives/{initiative_id}/steps/{step_id}/finish", response_model=InitiativeOut)
async def finish_step(initiative_id: UUID, step_id: UUID, body: StepDone, session: Session) -> Initiative:
    """Record that a planned step was taken."""
    return await actions.finish_step(session, initiative_id, step_id, body)
