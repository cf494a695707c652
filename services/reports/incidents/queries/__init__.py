"""Reads of observations and incidents. An incident is put together from the accounts its reader may read."""

from services.reports.incidents.queries.answers import incident_detail, incident_out, observation_out
from services.reports.incidents.queries.counting import count_by_time, count_facets
from services.reports.incidents.queries.exporting import incidents_to_export
from services.reports.incidents.queries.filters import Filters
from services.reports.incidents.queries.mapping import Cell, map_incidents
from services.reports.incidents.queries.ranking import Order
from services.reports.incidents.queries.reads import (
    list_incidents,
    list_observations,
    read_incident,
    read_observation,
    see_incident,
    see_incidents,
)
from services.reports.incidents.queries.regrouping import list_moves, list_suggestions
from services.reports.incidents.queries.seen import IncidentSeen, ObservationSeen
from services.reports.incidents.queries.veiling import veil_titles

__all__ = [
    "Cell",
    "Filters",
    "IncidentSeen",
    "ObservationSeen",
    "Order",
    "count_by_time",
    "count_facets",
    "incident_detail",
    "incident_out",
    "incidents_to_export",
    "list_incidents",
    "list_moves",
    "list_observations",
    "list_suggestions",
    "map_incidents",
    "observation_out",
    "read_incident",
    "read_observation",
    "see_incident",
    "see_incidents",
    "veil_titles",
]  # fmt: skip
