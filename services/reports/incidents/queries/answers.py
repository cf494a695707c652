"""Observations and incidents as they leave: one list of fields for each audience.

What stands in no list leaves for nobody. Outside the Centre the Centre's own judgements are null.
"""

from typing import Any, Final

from chassis.audience import only, picked
from services.reports.incidents.queries.seen import AccountSeen, IncidentSeen, ObservationSeen
from services.reports.incidents.schemas import AccountOut, IncidentDetail, IncidentOut, ObservationOut

_OF_THE_ROW: Final = (
    "id", "external_id", "feed", "source", "occurred_at", "located", "area", "area_code", "zone",
    "regions", "latitude", "longitude", "figures", "supersedes", "superseded_by", "version",
    "created_at", "updated_at", "label",
)  # fmt: skip
_AS_READ: Final = (
    "title", "text", "country", "themes", "theme_words", "language", "detected_language",
)  # fmt: skip
# The Centre's own judgements. Which incident an account tells of would tell that others spoke of it.
_OF_THE_CENTRE: Final = ("held_back", "reliability", "credibility")
_INCIDENT: Final = (
    "id", "title", "occurred_at", "country", "countries", "area", "area_code", "zone", "regions",
    "latitude", "longitude", "themes", "observations", "sources", "corroborated", "held_back",
    "graded", "reliability", "credibility", "version", "created_at", "updated_at", "label",
)  # fmt: skip
# Outside the Centre gaps between numbers would tell of others.
_INCIDENT_INSIDE: Final = ("reference",)


def observation_out(seen: ObservationSeen) -> ObservationOut:
    """One observation, for its reader."""
    return _observation_inside(seen) if seen.inside else _observation_outside(seen)


def _observation_outside(seen: ObservationSeen) -> ObservationOut:
    return only(ObservationOut, picked(seen.observation, _OF_THE_ROW) | picked(seen, _AS_READ))


def _observation_inside(seen: ObservationSeen) -> ObservationOut:
    told = seen.observation
    own = picked(told, _OF_THE_CENTRE) | {"incident": told.incident_id}
    return ObservationOut(**picked(told, _OF_THE_ROW), **picked(seen, _AS_READ), **own)


def incident_out(seen: IncidentSeen) -> IncidentOut:
    """One incident of a list, for its reader."""
    return only(IncidentOut, _incident(seen))


def incident_detail(seen: IncidentSeen) -> IncidentDetail:
    """One incident with its accounts side by side, for its reader."""
    accounts = [_account_out(account) for account in seen.accounts]
    return only(IncidentDetail, _incident(seen) | {"accounts": accounts})


def _incident(seen: IncidentSeen) -> dict[str, Any]:
    """Grades are judged by their own labels: `seen` holds those that its reader may read."""
    return picked(seen, (*_INCIDENT, *_INCIDENT_INSIDE) if seen.inside else _INCIDENT)


def _account_out(seen: AccountSeen) -> AccountOut:
    told = observation_out(seen.observation)
    shown = {"observation": told, "mentions": seen.mentions}
    shown |= picked(told, ("source", "figures", "reliability", "credibility"))
    return only(AccountOut, shown | ({"matched": seen.matched} if seen.observation.inside else {}))
