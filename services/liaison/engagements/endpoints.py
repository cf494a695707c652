"""Engagements over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery
from chassis.records import read_record
from contracts.vocabulary import Country, Reason
from services.liaison.engagements import actions, queries
from services.liaison.engagements.schemas import EngagementBody, EngagementOut, EngagementState
from services.liaison.engagements.tables import Engagement

routes = router("engagements")


@routes.post("/engagements", status_code=201, response_model=EngagementOut)
async def propose_engagement(body: EngagementBody, session: Session, response: Response) -> Engagement:
    """Propose an engagement."""
    return created(response, "engagements", await actions.propose_engagement(session, body))


@routes.get("/engagements", response_model=Page[EngagementOut])
async def list_engagements(
    session: Session, paging: PagingQuery, state: EngagementState | None = None, country: Country | None = None
) -> dict[str, Any]:
    """Engagements, newest first."""
    return await queries.list_engagements(session, paging, state, country)


@routes.get("/engagements/{engagement_id}", response_model=EngagementOut)
async def read_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """One engagement."""
    return await read_record(session, Engagement, engagement_id, "engagement")


@routes.post("/engagements/{engagement_id}/schedule", response_model=EngagementOut)
async def schedule_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Schedule it, if every State concerned has concurred."""
    return await actions.schedule_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/hold", response_model=EngagementOut)
async def hold_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Record that it took place."""
    return await actions.hold_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/report", response_model=EngagementOut)
async def report_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Record that it was written up."""
    return await actions.report_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/cancel", response_model=EngagementOut)
async def cancel_engagement(engagement_id: UUID, body: Reason, session: Session) -> Engagement:
    """Record that it will not take place."""
    return await actions.cancel_engagement(session, engagement_id, body.reason)
