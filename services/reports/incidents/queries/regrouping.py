"""Reads of suggestions and regroupings."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, page_by_key
from services.reports.incidents.queries.reads import see_incident
from services.reports.incidents.rules import SuggestionState
from services.reports.incidents.tables import IncidentMove, MatchSuggestion


async def list_suggestions(session: AsyncSession, paging: Paging, state: SuggestionState, incident: UUID | None) -> dict[str, Any]:
    """Suggested merges in that state, newest first; those that concern one incident, if one is named."""
    query = select(MatchSuggestion).where(MatchSuggestion.state == state)
    if incident is not None:
        query = query.where(or_(MatchSuggestion.incident_id == incident, MatchSuggestion.other_id == incident))
    return await page_by_key(session, query, MatchSuggestion, paging)


async def list_moves(session: AsyncSession, paging: Paging, incident_id: UUID) -> dict[str, Any]:
    """The merges and splits of an incident, newest first; NotFound when the caller may read none of its accounts."""
    seen = await see_incident(session, incident_id)
    query = select(IncidentMove).where(or_(IncidentMove.incident_id == seen.id, IncidentMove.other_id == seen.id))
    return await page_by_key(session, query, IncidentMove, paging)
