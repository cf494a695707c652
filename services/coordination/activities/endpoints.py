"""Activities over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from chassis.operation import Session, created, router
from chassis.pagination import Page, PagingQuery, Rows
from chassis.records import read_record
from contracts.vocabulary import Country, Slug, Theme
from services.coordination.activities import actions, queries
from services.coordination.activities.queries import ActivityFilter
from services.coordination.activities.schemas import ActivityBody, ActivityOut, Alignment
from services.coordination.activities.tables import Activity

routes = router("activities")


async def read_filter(
    organization: Slug | None = None, country: Country | None = None, theme: Theme | None = None, aligned: bool | None = None
) -> ActivityFilter:
    """The filter of a list of activities."""
    return ActivityFilter(organization, country, theme, aligned)


@routes.post("/activities", status_code=201, response_model=ActivityOut)
async def record_activity(body: ActivityBody, session: Session, response: Response) -> Activity:
    """Record an activity; 200 when its external_id is known and the record is brought up to date."""
    return _recorded(response, *await actions.record_activity(session, body))


def _recorded(response: Response, activity: Activity, new: bool) -> Activity:
    response.status_code = 201 if new else 200
    return created(response, "activities", activity)


@routes.get("/activities", response_model=Page[ActivityOut])
async def list_activities(session: Session, paging: PagingQuery, wanted: Annotated[ActivityFilter, Depends(read_filter)]) -> Rows[Activity]:
    """Activities, newest first."""
    return await queries.list_activities(session, paging, wanted)


@routes.get("/activities/{activity_id}", response_model=ActivityOut)
async def read_activity(activity_id: UUID, session: Session) -> Activity:
    """One activity."""
    return await read_record(session, Activity, activity_id, "activity")


@routes.post("/activities/{activity_id}/align", response_model=ActivityOut)
async def align_activity(activity_id: UUID, body: Alignment, session: Session) -> Activity:
    """Set it against an objective of the framework."""
    return await actions.align_activity(session, activity_id, body.objective)
