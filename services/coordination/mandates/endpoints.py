"""Mandates over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.moments import Moment
from services.coordination.mandates import actions, queries
from services.coordination.mandates.schemas import CorrectionBody, EndBody, MandateBody, MandateFilters, MandateOut
from services.coordination.mandates.tables import Mandate, MandateContent

routes = router("mandates")
MomentQuery = Annotated[Moment, Depends()]


@routes.post("/mandates", status_code=201, response_model=MandateOut)
async def declare_mandate(body: MandateBody, session: Session, response: Response) -> Mandate:
    """Put an organization's mandate on record."""
    return created(response, "mandates", await actions.declare_mandate(session, body))


@routes.get("/mandates", response_model=Page[MandateOut])
async def list_mandates(
    session: Session, paging: PagingQuery, filters: Annotated[MandateFilters, Depends()], moment: MomentQuery
) -> Rows[MandateContent]:
    """Mandates, newest first; with `as_of` and `known_at`, as they stood on a day as known on another."""
    return await queries.list_mandates(session, paging, filters, moment)


@routes.get("/mandates/{mandate_id}", response_model=MandateOut)
async def read_mandate(mandate_id: UUID, session: Session, moment: MomentQuery) -> MandateContent:
    """One mandate; with `as_of` and `known_at`, as it stood on a day as known on another."""
    return await queries.read_mandate(session, mandate_id, moment)


@routes.post("/mandates/{mandate_id}/end", response_model=MandateOut)
async def end_mandate(mandate_id: UUID, body: EndBody, session: Session) -> Mandate:
    """End a mandate: what leaned on it alone is revoked, or recalled where it went; recorded late, from its stated date."""
    return await actions.end_mandate(session, mandate_id, body)


@routes.post("/mandates/{mandate_id}/correct", response_model=MandateOut)
async def correct_mandate(mandate_id: UUID, body: CorrectionBody, session: Session) -> Mandate:
    """Record what should have been recorded; what was known before can still be asked for. What it never covered is taken back."""
    return await actions.correct_mandate(session, mandate_id, body)
