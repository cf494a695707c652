"""Mandates over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery
from chassis.records import read_record
from contracts.vocabulary import Reason, Slug
from services.coordination.exchange.actions import review_packages
from services.coordination.mandates import actions, queries
from services.coordination.mandates.schemas import MandateBody, MandateOut, MandateState
from services.coordination.mandates.tables import Mandate

routes = router("mandates")


@routes.post("/mandates", status_code=201, response_model=MandateOut)
async def declare_mandate(body: MandateBody, session: Session, response: Response) -> Mandate:
    """Put an organization's mandate on record."""
    return created(response, "mandates", await actions.declare_mandate(session, body))


@routes.get("/mandates", response_model=Page[MandateOut])
async def list_mandates(
    session: Session, paging: PagingQuery, organization: Slug | None = None, state: MandateState | None = None
) -> dict[str, Any]:
    """Mandates, newest first."""
    return await queries.list_mandates(session, paging, organization, state)


@routes.get("/mandates/{mandate_id}", response_model=MandateOut)
async def read_mandate(mandate_id: UUID, session: Session) -> Mandate:
    """One mandate."""
    return await read_record(session, Mandate, mandate_id, "mandate")


@routes.post("/mandates/{mandate_id}/end", response_model=MandateOut)
async def end_mandate(mandate_id: UUID, body: Reason, session: Session) -> Mandate:
    """End a mandate: what leaned on it alone is revoked, or recalled where it went."""
    return await actions.end_mandate(session, mandate_id, body.reason, review_packages)
