"""Reads of suggestions and regroupings."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.pagination import Paging, Rows, page_by_key
from services.reports.incidents.queries.reads import see_incident
from services.reports.incidents.rules import HeldBack, SuggestionState
from services.reports.incidents.tables import IncidentMove, MatchSuggestion, Observation


async def list_suggestions(session: AsyncSession, paging: Paging, state: SuggestionState, incident: UUID | None) -> Rows[MatchSuggestion]:
    """Suggested merges in that state, newest first; those that concern one incident, if one is named.

    What was discarded leaves those that are open, until it is restored.
    """
    query = select(MatchSuggestion).where(MatchSuggestion.state == state)
    if state is SuggestionState.open:
        query = query.where(_speaks(MatchSuggestion.incident_id), _speaks(MatchSuggestion.other_id))
    if incident is not None:
        query = query.where(or_(MatchSuggestion.incident_id == incident, MatchSuggestion.other_id == incident))
    return await page_by_key(session, query, MatchSuggestion, paging)


def _speaks(incident_id: ColumnElement[UUID] | Any) -> ColumnElement[bool]:
    """Whether an account of it that the caller may read was not discarded."""
    kept = Observation.held_back.is_distinct_from(HeldBack.discarded)
    told = select(Observation.id).where(Observation.incident_id == incident_id, Observation.superseded_by.is_(None), kept)
    return told.exists()


async def list_moves(session: AsyncSession, paging: Paging, incident_id: UUID) -> Rows[IncidentMove]:
    """The merges and splits of an incident, newest first; NotFound when the caller may read none of its accounts."""
    seen = await see_incident(session, incident_id)
    query = select(IncidentMove).where(or_(IncidentMove.incident_id == seen.id, IncidentMove.other_id == seen.id))
    return await page_by_key(session, query, IncidentMove, paging)
