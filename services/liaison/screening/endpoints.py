"""Screening over HTTP."""

from uuid import UUID

from fastapi import Request

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Reason
from services.liaison.screening import actions, queries
from services.liaison.screening.schemas import Confirmation, SanctionsListOut, ScreeningOut, ScreeningState

routes = router("screening")
_XML = {
    "requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string", "description": "CONSOLIDATED_LIST"}}}}
}


def _is_configured(request: Request) -> bool:
    return request.app.state.settings.sanctions_list_url is not None


@routes.post("/sanctions-list", response_model=SanctionsListOut, openapi_extra=_XML)
async def replace_sanctions_list(request: Request, session: Session) -> SanctionsListOut:
    """Hold this version of the United Nations consolidated list (its public XML, at most 30 MB) instead of the one before."""
    return await actions.replace_list(session, await request.body(), "upload", _is_configured(request))


@routes.get("/sanctions-list", response_model=SanctionsListOut)
async def read_sanctions_list(request: Request, session: Session) -> SanctionsListOut:
    """Which version of the list is held, and how old it is."""
    return await queries.read_list_state(session, _is_configured(request))


@routes.get("/screenings", response_model=Page[ScreeningOut])
async def list_screenings(session: Session, paging: PagingQuery, state: ScreeningState | None = None) -> Rows[ScreeningOut]:
    """Contacts and parties that resemble listed names, newest first."""
    return await queries.list_screenings(session, paging, state)


@routes.get("/screenings/{screening_id}", response_model=ScreeningOut)
async def read_screening(screening_id: UUID, session: Session) -> ScreeningOut:
    """One resemblance."""
    return await queries.read_screening(session, screening_id)


@routes.post("/screenings/{screening_id}/clear", response_model=ScreeningOut)
async def clear_screening(screening_id: UUID, body: Reason, session: Session) -> ScreeningOut:
    """Decide that it is somebody else; holds until the entry of the list changes."""
    return await actions.clear_screening(session, screening_id, body.reason)


@routes.post("/screenings/{screening_id}/confirm", response_model=ScreeningOut)
async def confirm_screening(screening_id: UUID, body: Confirmation, session: Session) -> ScreeningOut:
    """Decide that it is the listed one, and whether they may be met all the same."""
    return await actions.confirm_screening(session, screening_id, body.reason, body.may_be_met)
