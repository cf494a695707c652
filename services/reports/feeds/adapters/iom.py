"""IOM Missing Migrants: as the project publishes it (month and year, a day where it is known) and as the R package ships it.

The package has no ids, so a row is known by what it says; where the published file names an incident, that is its id.
"""

import hashlib
from typing import Final

from services.reports.feeds.adapters.countries import BY_ISO3, BY_NAME, require
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.records import Context, Native, Record, as_day, lines, shorten

MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def convert(record: Record, _context: Context) -> Native:
    """One incident of people dead or missing."""
    iso3 = record.text("/country", "geo")
    country = require(BY_ISO3 if iso3 else BY_NAME, iso3 or record.text("/country", "Country of Incident"))
    moment, precision = _when(record)
    place = record.need("/title", "location", "Location of Incident", "Location Description")
    cause = record.text("", "cause", "Cause of Death")
    native = {
        "external_id": _id(record),
        "occurred_at": moment,
        "country": country,
        "themes": ["displacement"],
        "title": shorten(f"Migrants dead or missing: {place}"),
        "language": "en",
    }
    figures = record.figures(dead_and_missing=_named(record, "dead", "Total Number of Dead and Missing"),
                             survivors=_named(record, "surv", "Number of Survivors"))  # fmt: skip
    text = lines(
        ("Cause", cause),
        ("Nationality", record.text("", "nat", "Country of Origin")),
        ("Route", record.text("", "route", "Migration Route")),
        ("Date known to", precision),
    )
    return native | _point(record) | figures | text


def _named(record: Record, *names: str) -> str:
    return next((name for name in names if name in record.values), names[0])


def _when(record: Record) -> tuple[str, str]:
    """The day where there is one; else the first of the month, and that no more is known."""
    if record.text("/occurred_at", "t", "Incident Date"):
        return record.need_day("/occurred_at", "t", "Incident Date"), "day"
    year = record.need("/occurred_at", "Incident Year", "Incident year", "Reported Year")
    field = record.fields["/occurred_at"]
    month = record.text("", "Month", "Reported Month")
    if month is None:
        return _first(year, "1", field), "year"
    number = str(MONTHS.index(month.title()) + 1) if month.title() in MONTHS else month
    return _first(year, number, _named(record, "Month", "Reported Month")), "month"


def _first(year: str, month: str, field: str) -> str:
    try:
        return as_day(f"{year}-{month}", "%Y-%m")
    except ValueError as error:
        raise Unfit(field, "is no month of a year") from error


def _point(record: Record) -> Native:
    if "Coordinates" not in record.values:
        return record.point("lat", "lon")
    said = record.text("/latitude", "Coordinates")
    record.fields["/longitude"] = "Coordinates"
    if said is None:
        return {}
    try:
        latitude, longitude = (float(each) for each in said.split(","))
    except ValueError as error:
        raise Unfit("Coordinates", "is not a latitude and a longitude") from error
    return {"latitude": latitude, "longitude": longitude}


def _id(record: Record) -> str:
    if known := record.text("/external_id", "Main ID", "Incident ID", "Web ID"):
        return f"iom-{known}"
    said = "\x1f".join(record.text("", name) or "" for name in ("t", "geo", "lon", "lat", "type", "cause", "nat", "location"))
    return f"iom-{hashlib.sha256(said.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}"
