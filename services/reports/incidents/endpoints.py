"""Observations and incidents over HTTP."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

import h3
from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from chassis.operation import Session, router
from chassis.pagination import Page, PagingQuery, Rows
from contracts.vocabulary import Country, Credibility, Reliability, Theme
from services.reports.incidents import actions, queries
from services.reports.incidents.queries import Filters, Order
from services.reports.incidents.rendering import Format
from services.reports.incidents.rendering.words import Locale
from services.reports.incidents.rules import HeldBack, SuggestionState
from services.reports.incidents.schemas import (
    Bucket,
    Feature,
    Grade,
    IncidentDetail,
    IncidentFacets,
    IncidentMap,
    IncidentOut,
    IncidentTimeline,
    MergeIncidents,
    MoveOut,
    ObservationOut,
    Point,
    SplitIncident,
    SuggestionOut,
    Why,
    WhyOne,
)  # fmt: skip
from services.reports.incidents.tables import IncidentMove, MatchSuggestion
from services.reports.names.endpoints import NamesQuery

routes = router("incidents")
As = Annotated[Format, Query(alias="format", description="HXL is CSV with a row of hashtags.")]
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/geo+json": {"schema": {"type": "object", "additionalProperties": True}},
            "text/csv": {"schema": {"type": "string"}},
        },
        "description": "The file. Marking and notice come first: members of the collection, or the first two lines.",
    }
}
ABOUT_Q = (
    "Words in title or text, each of which must be met: by its stem in English or Russian, from its start in any script and spelling,"
    ' or, where nothing holds it, by a near spelling. A phrase between quotation marks ("…") as it stands.'
)


async def _read_filters(
    country: Country | None = None,
    area: Annotated[str | None, Query(max_length=10, description="ISO 3166-2.", examples=["TJ-SU"])] = None,
    region: Annotated[str | None, Query(max_length=30, description="A valley, basin or border pair.", examples=["fergana-valley"])] = None,
    theme: Theme | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    external_id: Annotated[str | None, Query(max_length=200, description="As its source named it.")] = None,
    source: Annotated[str | None, Query(max_length=200, description="Who says so.")] = None,
    bbox: Annotated[str | None, Query(max_length=100, description="west,south,east,north in degrees", examples=["60,35,75,45"])] = None,
    q: Annotated[str | None, Query(max_length=200, description=ABOUT_Q)] = None,
) -> Filters:
    return Filters(
        country=country, area=area, region=region, theme=theme, since=since, until=until, external_id=external_id, source=source,
        bbox=bbox, q=q,
    )  # fmt: skip


FiltersQuery = Annotated[Filters, Depends(_read_filters)]


async def _read_incident_filters(
    filters: FiltersQuery,
    graded: bool | None = None,
    reliability: Reliability | None = None,
    credibility: Credibility | None = None,
    held_back: Annotated[HeldBack | None, Query(description="Those that wait, or were discarded; else what is listed.")] = None,
) -> Filters:
    rank = None if credibility is None else int(credibility)
    return replace(filters, graded=graded, reliability=reliability, credibility=rank, held_back=held_back)


IncidentFilters = Annotated[Filters, Depends(_read_incident_filters)]


@routes.get("/incidents", response_model=Page[IncidentOut])
async def list_incidents(session: Session, paging: PagingQuery, filters: IncidentFilters, order: Order = Order.newest) -> Rows[IncidentOut]:
    """Incidents as the accounts you may read tell them: newest first, or by relevance to `q`, of the newest 2,000 accounts that fit."""
    return await queries.list_incidents(session, paging, filters, order)


@routes.get("/incidents/map", response_model=IncidentMap)
async def map_incidents(session: Session, filters: IncidentFilters, resolution: Annotated[int, Query(ge=0, le=7)] = 4) -> IncidentMap:
    """Incidents counted by H3 cell, as GeoJSON points at the cells' centres."""
    return _as_geojson(*await queries.map_incidents(session, filters, resolution))


@routes.get("/incidents/facets", response_model=IncidentFacets)
async def count_incidents(session: Session, filters: IncidentFilters) -> IncidentFacets:
    """How many incidents fit, by country, area, region, theme, source and grade."""
    return await queries.count_facets(session, filters)


@routes.get("/incidents/timeline", response_model=IncidentTimeline)
async def read_timeline(session: Session, filters: IncidentFilters, bucket: Bucket = Bucket.day) -> IncidentTimeline:
    """How many incidents fit, by day, week or month."""
    return await queries.count_by_time(session, filters, bucket)


@routes.get("/incidents/export", response_class=StreamingResponse, responses=FILES)
async def export_incidents(
    session: Session, filters: IncidentFilters, form: As, names: NamesQuery, locale: Locale = "en"
) -> StreamingResponse:
    """The incidents that fit as a file, newest first, with the marking of the strictest label in it: at most 20,000.

    Names of persons are withheld, unless they are asked for with a reason, which is kept.
    """
    export = await actions.export_incidents(session, filters, actions.Wanted(form, locale, names))
    headers = {"content-disposition": f'attachment; filename="{export.name}"', "cache-control": "no-store"}
    return StreamingResponse(export.parts, media_type=export.media_type, headers=headers)


@routes.get("/incidents/suggestions", response_model=Page[SuggestionOut])
async def list_suggestions(
    session: Session, paging: PagingQuery, state: SuggestionState = SuggestionState.open, incident: UUID | None = None
) -> Rows[MatchSuggestion]:
    """Incidents that may be one, newest first: a person decides."""
    return await queries.list_suggestions(session, paging, state, incident)


@routes.post("/incidents/suggestions/{suggestion_id}/accept", response_model=IncidentDetail)
async def accept_suggestion(suggestion_id: UUID, session: Session, body: WhyOne | None = None) -> IncidentDetail:
    """Merge what was suggested."""
    return await actions.accept_suggestion(session, suggestion_id, body.reason if body else None)


@routes.post("/incidents/suggestions/{suggestion_id}/dismiss", response_model=SuggestionOut)
async def dismiss_suggestion(suggestion_id: UUID, body: Why, session: Session) -> MatchSuggestion:
    """Keep both apart."""
    return await actions.dismiss_suggestion(session, suggestion_id, body.reason)


@routes.post("/incidents/moves/{move_id}/undo", response_model=IncidentDetail)
async def undo_move(move_id: UUID, body: Why, session: Session) -> IncidentDetail:
    """Take a merge or split back."""
    return await actions.undo_move(session, move_id, body.reason)


@routes.get("/incidents/{incident_id}", response_model=IncidentDetail)
async def read_incident(incident_id: UUID, session: Session) -> IncidentDetail:
    """One incident with its accounts side by side."""
    return await queries.read_incident(session, incident_id)


@routes.post("/incidents/{incident_id}/grade", response_model=IncidentDetail)
async def grade_incident(incident_id: UUID, body: Grade, session: Session) -> IncidentDetail:
    """Grade the information on an incident."""
    return await actions.grade_incident(session, incident_id, body)


@routes.get("/incidents/{incident_id}/moves", response_model=Page[MoveOut])
async def list_moves(incident_id: UUID, session: Session, paging: PagingQuery) -> Rows[IncidentMove]:
    """The merges and splits of an incident, newest first."""
    return await queries.list_moves(session, paging, incident_id)


@routes.post("/incidents/{incident_id}/merge", response_model=IncidentDetail)
async def merge_incidents(incident_id: UUID, body: MergeIncidents, session: Session) -> IncidentDetail:
    """Let all accounts of another incident tell of this one; it can be undone."""
    return await actions.merge_incidents(session, incident_id, body.other, body.reason)


@routes.post("/incidents/{incident_id}/split", response_model=IncidentDetail, status_code=201)
async def split_incident(incident_id: UUID, body: SplitIncident, session: Session, response: Response) -> IncidentDetail:
    """Let some accounts tell of an incident of their own, which is the answer; it can be undone."""
    opened = await actions.split_incident(session, incident_id, body.observations, body.reason)
    response.headers["location"] = f"/v1/incidents/{opened.id}"
    return opened


@routes.get("/observations", response_model=Page[ObservationOut])
async def list_observations(
    session: Session, paging: PagingQuery, filters: FiltersQuery, incident: UUID | None = None, feed: str | None = None
) -> Rows[ObservationOut]:
    """Observations, newest first."""
    return await queries.list_observations(session, paging, incident, feed, filters)


@routes.get("/observations/{observation_id}", response_model=ObservationOut)
async def read_observation(observation_id: UUID, session: Session) -> ObservationOut:
    """One observation: what one source said."""
    return await queries.read_observation(session, observation_id)


@routes.post("/observations/{observation_id}/grade", response_model=ObservationOut)
async def grade_observation(observation_id: UUID, body: Grade, session: Session) -> ObservationOut:
    """Grade what one source said."""
    return await actions.grade_observation(session, observation_id, body)


def _as_geojson(cells: list[queries.Cell], complete: bool) -> IncidentMap:
    return IncidentMap(complete=complete, features=[_feature(cell) for cell in cells])


def _feature(counted: queries.Cell) -> Feature:
    number, count, themes = counted
    cell = h3.int_to_str(number)
    latitude, longitude = h3.cell_to_latlng(cell)
    properties = {"cell": cell, "count": count, "themes": themes}
    return Feature(geometry=Point(coordinates=(longitude, latitude)), properties=properties)
