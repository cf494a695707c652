"""Reads of places."""

from contracts.vocabulary import COUNTRIES, REGIONAL_PLACES
from services.reports.places.adapters.gazetteer import gazetteer
from services.reports.places.rules import Area, Zone
from services.reports.places.schemas import AreaOut, LocatedOut, PlacesOut, ZoneOut


def list_places(country: str | None, name: str | None) -> PlacesOut:
    """The gazetteer; its areas of `country` only, or those called `name` in any language or code."""
    known = gazetteer()
    within = [country] if country else COUNTRIES
    areas = known.areas_named(name, within) if name else [area for area in known.areas.values() if area.country in within]
    zones = [zone for zone in known.zones if country is None or country in zone.countries]
    return PlacesOut(
        countries=list(COUNTRIES),
        regions=list(REGIONAL_PLACES),
        areas=[_area(area) for area in areas],
        zones=[_zone(zone) for zone in zones],
    )


def locate_point(latitude: float, longitude: float) -> LocatedOut:
    """Where a point lies."""
    known = gazetteer()
    found = known.locate([latitude], [longitude])[0]
    zone = next((zone for zone in known.zones if zone.id == found.zone), None)
    return LocatedOut(
        country=found.country,
        countries=list(found.countries),
        area=_area(known.areas[found.area]) if found.area else None,
        zone=_zone(zone) if zone else None,
        regions=list(found.regions),
    )


def _area(area: Area) -> AreaOut:
    return AreaOut.model_validate(area._asdict() | {"pcode": area.pcode or None})


def _zone(zone: Zone) -> ZoneOut:
    return ZoneOut.model_validate(zone._asdict())
