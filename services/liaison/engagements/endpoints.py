"""Engagements over HTTP."""

from uuid import UUID

from fastapi import Response
from pydantic import AwareDatetime

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Country, Reason
from services.liaison.engagements import actions, queries
from services.liaison.engagements.schemas import (
    AffectedOut,
    ConflictOut,
    EngagementBody,
    EngagementOut,
    EngagementPlan,
    EngagementState,
    ScheduledOut,
)
from services.liaison.engagements.tables import Engagement

routes = router("engagements")
concerning_concurrences = router("concurrence")
"""Addresses of concurrences whose answers are engagements."""


@routes.post("/engagements", status_code=201, response_model=EngagementOut)
async def propose_engagement(body: EngagementBody, session: Session, response: Response) -> Engagement:
    """Propose an engagement. An unplanned encounter is recorded as held, by the Head only."""
    return created(response, "engagements", await actions.propose_engagement(session, body))


@routes.get("/engagements", response_model=Page[EngagementOut])
async def list_engagements(
    session: Session, paging: PagingQuery, state: EngagementState | None = None, country: Country | None = None, party: UUID | None = None
) -> Rows[Engagement]:
    """Engagements, newest first."""
    return await queries.list_engagements(session, paging, state, country, party)


@routes.get("/engagements/{engagement_id}", response_model=EngagementOut)
async def read_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """One engagement."""
    return await read_record(session, Engagement, engagement_id, "engagement")


@routes.put("/engagements/{engagement_id}", response_model=EngagementOut)
async def edit_engagement(engagement_id: UUID, body: EngagementPlan, session: Session) -> Engagement:
    """Change what is not held yet; a change of parties, countries, themes or times takes it back to `proposed`."""
    return await actions.edit_engagement(session, engagement_id, body)


@routes.get("/engagements/{engagement_id}/conflicts", response_model=Page[ConflictOut])
async def list_conflicts(engagement_id: UUID, session: Session) -> Rows[ConflictOut]:
    """What conflicts with it: another team at the same interlocutor within a week, or one of us in two places at once."""
    return await queries.list_conflicts(session, engagement_id)


@routes.post("/engagements/{engagement_id}/schedule", response_model=ScheduledOut)
async def schedule_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Schedule it, if every State concerned has concurred; the answer warns of conflicts."""
    return await actions.schedule_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/hold", response_model=EngagementOut)
async def hold_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Record that it took place."""
    return await actions.hold_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/report", response_model=EngagementOut)
async def report_engagement(engagement_id: UUID, session: Session) -> Engagement:
    """Record that it was written up elsewhere; filing a note to file does so by itself."""
    return await actions.report_engagement(session, engagement_id)


@routes.post("/engagements/{engagement_id}/cancel", response_model=EngagementOut)
async def cancel_engagement(engagement_id: UUID, body: Reason, session: Session) -> Engagement:
    """Record that it will not take place."""
    return await actions.cancel_engagement(session, engagement_id, body.reason)


@concerning_concurrences.get("/concurrences/{concurrence_id}/affected", response_model=AffectedOut)
async def read_affected_engagements(concurrence_id: UUID, session: Session, effective_at: AwareDatetime | None = None) -> AffectedOut:
    """What a withdrawal from `effective_at` on (now, when left out) would suspend and flag, as far as you may see it.

    What you may not know of is suspended and flagged as well, and is neither listed nor counted here.
    """
    return await queries.affected_by(session, concurrence_id, effective_at)
