"""Persons named in observations over HTTP."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from services.reports.names.rules import MarkState
from services.reports.names.tables import NamesShown
from services.reports.persons import actions, queries
from services.reports.persons.rules import Person
from services.reports.persons.schemas import MarkBody, MarkOut, NamesShownOut, PersonOut, RoleBody

routes = router("persons")


@routes.get("/observations/{observation_id}/persons", response_model=Page[PersonOut])
async def find_persons(observation_id: UUID, session: Session) -> Rows[Person]:
    """The persons an observation names: found by rule, confirmed or dismissed by a person."""
    return await queries.find_persons(session, observation_id)


@routes.post("/observations/{observation_id}/persons", status_code=201, response_model=MarkOut)
async def mark_person(observation_id: UUID, body: MarkBody, session: Session, response: Response) -> MarkOut:
    """Decide of words in an observation: that they name a person, found or missed by the rules, or that they do not."""
    return created(response, "persons", await actions.mark_person(session, observation_id, body))


@routes.get("/persons/{mark_id}", response_model=MarkOut)
async def read_mark(mark_id: UUID, session: Session) -> MarkOut:
    """One decision."""
    return await queries.see_mark(session, mark_id)


@routes.post("/persons/{mark_id}/confirm", response_model=MarkOut)
async def confirm_person(mark_id: UUID, body: RoleBody, session: Session) -> MarkOut:
    """The words name a person: they are withheld outside."""
    return await actions.decide_mark(session, mark_id, MarkState.confirmed, body.role)


@routes.post("/persons/{mark_id}/dismiss", response_model=MarkOut)
async def dismiss_person(mark_id: UUID, session: Session) -> MarkOut:
    """The words name no person, or one who need not be protected: they are shown."""
    return await actions.decide_mark(session, mark_id, MarkState.dismissed)


@routes.get("/names-shown", response_model=Page[NamesShownOut])
async def list_names_shown(session: Session, paging: PagingQuery) -> Rows[NamesShown]:
    """When names of persons were taken out in files, by whom and why; newest first."""
    return await queries.list_names_shown(session, paging)
