"""Kept searches over HTTP. Each is its owner's alone."""

from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from services.reports.incidents.schemas import IncidentOut
from services.reports.searches import actions, queries
from services.reports.searches.schemas import SearchBody, SearchOut

routes = router("searches")


@routes.post("/searches", status_code=201, response_model=SearchOut)
async def keep_search(body: SearchBody, session: Session, response: Response) -> SearchOut:
    """Keep a search: you are told of incidents that fit from now on (`reports.searches.matched.v1`)."""
    return created(response, "searches", await actions.keep_search(session, body))


@routes.get("/searches", response_model=Page[SearchOut])
async def list_searches(session: Session, paging: PagingQuery) -> Rows[SearchOut]:
    """Your searches, newest first."""
    return await queries.list_searches(session, paging)


@routes.get("/searches/{search_id}", response_model=SearchOut)
async def read_search(search_id: UUID, session: Session) -> SearchOut:
    """One of your searches."""
    return await queries.see_search(session, search_id)


@routes.put("/searches/{search_id}", response_model=SearchOut)
async def edit_search(search_id: UUID, body: SearchBody, session: Session) -> SearchOut:
    """Name or narrow it anew."""
    return await actions.edit_search(session, search_id, body)


@routes.delete("/searches/{search_id}", status_code=204)
async def drop_search(search_id: UUID, session: Session) -> None:
    """Forget a search and what it found."""
    await actions.drop_search(session, search_id)


@routes.get("/searches/{search_id}/matches", response_model=Page[IncidentOut])
async def list_matches(search_id: UUID, session: Session, paging: PagingQuery) -> Rows[IncidentOut]:
    """What it found since you keep it and you may read now, found last first."""
    return await queries.list_matches(session, search_id, paging)


@routes.post("/searches/{search_id}/open", response_model=SearchOut)
async def open_search(search_id: UUID, session: Session) -> SearchOut:
    """You have seen what it found; it goes on with the rights you have now."""
    return await actions.open_search(session, search_id)
