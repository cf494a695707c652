"""ACLED: event exports (CSV) and what its API answers (JSON). Field names of the two are the same; the API needs credentials."""

from typing import Final

import httpx

from services.reports.feeds.adapters.countries import BY_NAME, BY_NUMBER, require
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.json_rows import parse
from services.reports.feeds.adapters.records import Context, Native, Record, lines, shorten

REQUIRED: Final = ("event_id_cnty", "event_date", "event_type")
LIST: Final = "data"
# How many events the API gives at once where the address names no `limit`.
PAGE: Final = 5000
THEMES: Final = {
    "Battles": ["political"],
    "Explosions/Remote violence": ["terrorism-extremism"],
    "Violence against civilians": ["terrorism-extremism"],
    "Protests": ["political"],
    "Riots": ["political", "inter-communal"],
    "Strategic developments": ["political"],
}
# ACLED's codebook: how exactly time and place are known.
TIME_PRECISION: Final = {"1": "day", "2": "week", "3": "month"}
PLACE_PRECISION: Final = {"1": "exact", "2": "district", "3": "province"}


def convert(record: Record, _context: Context) -> Native:
    """One event. Fatalities are ACLED's single estimate. A point that stands for a province is left out."""
    number = record.text("/country", "iso")
    country = require(BY_NUMBER if number else BY_NAME, number or record.text("/country", "country"))
    kind = record.need("/themes", "event_type")
    who = " - ".join(filter(None, (record.text("", "actor1"), record.text("", "actor2"))))
    place, precision = record.text("", "location"), record.text("", "geo_precision")
    native = {
        "external_id": f"acled-{record.need('/external_id', 'event_id_cnty')}",
        "occurred_at": record.need_day("/occurred_at", "event_date"),
        "country": country,
        "themes": THEMES.get(kind, []),
        "title": shorten(": ".join(filter(None, (record.text("/title", "sub_event_type") or kind, who, place)))),
        "language": "en",
    }
    if area := record.text("/area", "admin1"):
        native["area"] = shorten(area, 200)
    if precision != "3":
        native |= record.point("latitude", "longitude")
    text = lines(
        ("Notes", record.text("/text", "notes")),
        ("Source", record.text("", "source")),
        ("Date known to", TIME_PRECISION.get(record.text("", "time_precision") or "")),
        ("Place known to", PLACE_PRECISION.get(precision or "")),
    )
    return native | record.figures(deaths="fatalities") | text


def follow(body: bytes, address: str) -> Following:
    """The next page, while pages are full: the API numbers them by `page`, from 1, and names no next one. A CSV is all there is."""
    document = parse(body) if body.lstrip().startswith(b"{") else None
    events = document.get(LIST) if isinstance(document, dict) else None
    url = httpx.URL(address)
    limit, page = (_number(url.params.get(name), otherwise) for name, otherwise in (("limit", PAGE), ("page", 1)))
    is_full = isinstance(events, list) and len(events) >= limit
    return Following([str(url.copy_set_param("page", str(page + 1)))] if is_full else [])


def _number(said: str | None, otherwise: int) -> int:
    """What a parameter says; `otherwise` for `limit=0`, which asks for everything at once, too, and is no page."""
    return int(said) if said and said.isdecimal() and int(said) else otherwise
