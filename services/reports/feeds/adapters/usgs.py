"""USGS earthquakes (GeoJSON summary feeds). Their place is words; the country is the one those words name."""

from datetime import UTC, datetime
from typing import Any

from services.reports.feeds.adapters.countries import named_in
from services.reports.feeds.adapters.flaws import OutOfScope, Unfit
from services.reports.feeds.adapters.native import point_of
from services.reports.feeds.adapters.records import Context, Native, Record, lines, shorten


def convert(record: Record, _context: Context) -> Native:
    """One earthquake in the region. Where its place names a border ("Afghanistan-Tajikistan"), no country is its own."""
    properties = record.values.get("properties")
    if not isinstance(properties, dict):
        raise Unfit("properties", "is needed")
    inner = Record(properties)
    if (kind := inner.text("", "type")) != "earthquake":
        raise OutOfScope(f"no earthquake ({kind})")
    place = inner.text("/title", "place") or ""
    countries = named_in(place)
    if not countries:
        raise OutOfScope(f"outside the region ({place[:80] or 'no place'})")
    longitude, latitude = point_of(record.values.get("geometry"))
    magnitude = inner.number("", "mag")
    record.fields |= {"/occurred_at": "properties.time", "/title": "properties.title", "/latitude": "geometry", "/longitude": "geometry"}
    native: Native = {
        "external_id": f"usgs-{record.need('/external_id', 'id')}",
        "occurred_at": _moment(properties.get("time")),
        "latitude": latitude,
        "longitude": longitude,
        "themes": ["environment"],
        "title": shorten(inner.text("", "title") or f"M {magnitude} - {place}"),
        "language": "en",
    }
    native |= {"country": countries[0]} if len(countries) == 1 else {"label": {"countries": countries}}
    return native | lines(
        ("Magnitude", f"{magnitude} {inner.text('', 'magType') or ''}".strip() if magnitude is not None else None),
        ("Depth in km", _depth(record.values.get("geometry"))),
        ("Status", inner.text("", "status")),
        ("Alert", inner.text("", "alert")),
        ("Felt by", inner.text("", "felt")),
        ("Address", inner.text("", "url")),
    )


def _depth(geometry: Any) -> str | None:
    """The third coordinate, where there is one."""
    coordinates = geometry["coordinates"]
    return str(coordinates[2]) if len(coordinates) > 2 else None


def _moment(milliseconds: Any) -> str:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int):
        raise Unfit("properties.time", "is not a number of milliseconds since 1970")
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError) as error:
        raise Unfit("properties.time", "lies outside all times") from error
