"""What an export is made of, whatever its format."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

from chassis.audience import picked
from contracts.labels import Label
from services.reports.incidents.queries import IncidentSeen, incident_out

FIELDS: Final = (
    "id", "reference", "title", "occurred_at", "country", "countries", "area", "area_code", "zone", "regions", "latitude", "longitude",
    "themes", "observations", "sources", "corroborated", "reliability", "credibility",
)  # fmt: skip
"""What an export says of an incident, besides its label."""


class Format(StrEnum):
    """The formats of an export. HXL is CSV with a row of hashtags (hxlstandard.org)."""

    geojson = "geojson"
    csv = "csv"
    hxl = "hxl"


class Heading(NamedTuple):
    """What stands before the rows: the marking of the strictest label among them, and what they may be used for."""

    marking: str
    notice: str
    label: Label | None


class Rendering(Protocol):
    """Writes one format: what stands before the rows, each row, what stands between two and behind all."""

    media_type: str
    suffix: str
    between: bytes

    def begin(self, heading: Heading) -> bytes:
        """Before the first row."""

    def row(self, incident: IncidentSeen) -> bytes:
        """The incident."""

    def end(self) -> bytes:
        """Behind the last row."""


def told(incident: IncidentSeen) -> Mapping[str, Any]:
    """What an export says of an incident, by field."""
    shown = incident_out(incident)
    label = shown.label
    marked = {"sensitivity": label.sensitivity.value, "tlp": label.tlp.value, "originator": label.originator}
    return picked(shown, FIELDS) | marked | {"releasable_to": label.releasable_to}
