"""UCDP Georeferenced Event Dataset: CSV of any version, read by its header, and what its API answers.

Codebook: precision of the date 1 (day) to 5 (year), of the place 1 (exact) to 7 (international waters or airspace). Both are
kept in the text. A place known less exactly than its district is told without its point, which is only a capital or a centroid.
"""

import re
from typing import Final

from services.reports.feeds.adapters.countries import BY_GWNO, BY_NAME, require
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.json_rows import parse
from services.reports.feeds.adapters.records import Context, Native, Record, as_day, lines, shorten

VIOLENCE: Final = {"1": "State-based conflict", "2": "Non-state conflict", "3": "One-sided violence"}
THEMES: Final = {"1": ["political"], "2": ["inter-communal"], "3": ["political"]}
DATE_PRECISION: Final = {"1": "day", "2": "a few days", "3": "week", "4": "month", "5": "year"}
PLACE_PRECISION: Final = {
    "1": "exact", "2": "within 25 km", "3": "district", "4": "province", "5": "line or area", "6": "country", "7": "international",
}  # fmt: skip
# UCDP says "Nangarhar province" where everybody else says Nangarhar.
_KIND_OF_AREA: Final = re.compile(r" (province|region|oblast)$", re.IGNORECASE)
EXACT: Final = frozenset({"1", "2", "3", None})


def convert(record: Record, _context: Context) -> Native:
    """One event. Deaths are best, low and high as UCDP gives them; the file of a version without them gives `best` alone."""
    gwno = record.code("/country", "country_id")
    country = require(BY_GWNO if gwno else BY_NAME, gwno or record.text("/country", "country"))
    kind = record.code("/themes", "type_of_violence")
    native = {
        "external_id": f"ucdp-ged-{record.need_code('/external_id', 'id')}",
        "occurred_at": _day(record),
        "country": country,
        "themes": THEMES.get(kind or "", []),
        "title": _title(record, kind),
        "language": "en",
    }
    if area := record.text("/area", "adm_1"):
        native["area"] = shorten(_KIND_OF_AREA.sub("", area), 200)
    if record.code("/latitude", "where_prec") in EXACT:
        native |= record.point("latitude", "longitude")
    figures = record.figures(
        deaths=("best", "low", "high"),
        deaths_civilians=("deaths_civilians" if "deaths_civilians" in record.values else "civilian_deaths",),
        deaths_combatants=("combatant_deaths",),
    )
    return native | figures | _text(record)


def _day(record: Record) -> str:
    """The first day: versions write `2021-05-28` or `2021-05-28 00:00:00.000`, the API with a T."""
    said = record.need("/occurred_at", "date_start", "date")
    try:
        return as_day(said[:10] if not said[10:].strip("T0:. Z") else said)
    except ValueError as error:
        raise Unfit(record.fields["/occurred_at"], "is not a date like 2021-05-28") from error


def _title(record: Record, kind: str | None) -> str:
    who = record.text("/title", "dyad_name") or " - ".join(filter(None, (record.text("", "side_a"), record.text("", "side_b"))))
    place = record.text("", "where_coordinates") or record.text("", "country")
    return shorten(f"{VIOLENCE.get(kind or '', 'Organized violence')}: {who or record.text('', 'country')}, {place}")


def _text(record: Record) -> Native:
    precision = record.code("", "date_prec")
    return lines(
        ("Headline", record.text("/text", "source_headline")),
        ("Source", record.text("", "source_original")),
        ("Reported by", record.text("", "source_office")),
        ("Where", record.text("", "where_description")),
        ("Area", record.text("", "adm_1")),
        ("Until", record.text("", "date_end")),
        ("Date known to", DATE_PRECISION.get(precision or "")),
        ("Place known to", PLACE_PRECISION.get(record.code("", "where_prec") or "")),
    )


def follow(body: bytes, _address: str) -> Following:
    """The next page of what the API answers; a CSV is all there is."""
    if not body.lstrip().startswith(b"{"):
        return Following([])
    document = parse(body)
    following = document.get("NextPageUrl") if isinstance(document, dict) else None
    return Following([str(following)] if following else [])
