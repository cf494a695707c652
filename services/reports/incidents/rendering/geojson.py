"""Incidents as GeoJSON (RFC 7946): points in WGS 84, or no geometry; marking and notice are foreign members that come first."""

from typing import Any

import pydantic_core

from services.reports.incidents.queries import IncidentSeen
from services.reports.incidents.rendering.formats import Heading, told


class GeoJson:
    """A FeatureCollection, a feature a line."""

    media_type, suffix, between = "application/geo+json", "geojson", b",\n"

    def begin(self, heading: Heading) -> bytes:
        """Up to the features."""
        label = heading.label.model_dump(mode="json") if heading.label else None
        members = {"type": "FeatureCollection", "marking": heading.marking, "notice": heading.notice, "label": label}
        return pydantic_core.to_json(members)[:-1] + b',"features":[\n'

    def row(self, incident: IncidentSeen) -> bytes:
        """A feature under the incident's key."""
        properties = dict(told(incident))
        key, north, east = properties.pop("id"), properties.pop("latitude"), properties.pop("longitude")
        point = None if north is None or east is None else {"type": "Point", "coordinates": [east, north]}
        feature: dict[str, Any] = {"type": "Feature", "id": key, "geometry": point, "properties": properties}
        return pydantic_core.to_json(feature)

    def end(self) -> bytes:
        """The end of the collection."""
        return b"\n]}\n"


render_geojson = GeoJson()
