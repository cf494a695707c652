"""ReliefWeb API v2: reports and disasters as JSON, page by page."""

from typing import Any, Final

from services.reports.feeds.adapters.countries import BY_ISO3
from services.reports.feeds.adapters.flaws import OutOfScope, Unfit
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.json_rows import parse
from services.reports.feeds.adapters.records import Context, Native, Record, as_moment, lines, shorten, spoken

LIST: Final = "data"
THEMES: Final = {
    "Disaster Management": "environment",
    "Climate Change and Environment": "environment",
    "Food and Nutrition": "humanitarian",
    "Health": "humanitarian",
    "Peacekeeping and Peacebuilding": "political",
    "Recovery and Reconstruction": "development",
    "Water Sanitation Hygiene": "humanitarian",
}


def convert(record: Record, _context: Context) -> Native:
    """One report or disaster. About several of our countries, it names none as its own and all of them in its label."""
    fields = record.values.get("fields")
    if not isinstance(fields, dict):
        raise Unfit("fields", "is needed: ask the API for them (profile=full)")
    inner = Record(fields)
    countries = [BY_ISO3[code] for code in _codes(fields) if code in BY_ISO3]
    if not countries:
        raise OutOfScope(f"outside the region ({', '.join(_codes(fields))[:80] or 'no country'})")
    native: Native = {
        "external_id": f"reliefweb-{record.need('/external_id', 'id')}",
        "occurred_at": _moment(fields),
        "country": countries[0],
        "themes": sorted({THEMES[name] for name in _each(fields, "theme", "name") if name in THEMES}),
        "title": shorten(inner.need("/title", "title", "name")),
    } | spoken(next(iter(_each(fields, "language", "code")), "en"))
    record.fields |= {"/occurred_at": "fields.date", "/country": "fields.country.iso3", "/title": "fields.title", "/text": "fields.body"}
    if len(countries) > 1:
        native["label"] = {"countries": countries}
    return native | lines(
        ("Text", inner.text("/text", "body", "description")),
        ("Source", ", ".join(_each(fields, "source", "shortname") or _each(fields, "source", "name"))),
        ("Countries", ", ".join(_each(fields, "country", "name"))),
        ("Address", inner.text("", "url")),
    )


def _codes(fields: dict[str, Any]) -> list[str]:
    """ISO codes, the primary country first."""
    primary = fields.get("primary_country")
    first = [str(primary["iso3"]).upper()] if isinstance(primary, dict) and primary.get("iso3") else []
    return list(dict.fromkeys(first + [each.upper() for each in _each(fields, "country", "iso3")]))


def _each(fields: dict[str, Any], name: str, inner: str) -> list[str]:
    found = fields.get(name)
    return [str(each[inner]) for each in found if isinstance(each, dict) and each.get(inner)] if isinstance(found, list) else []


def _moment(fields: dict[str, Any]) -> str:
    """When it was published by its source; failing that, when ReliefWeb posted it."""
    date = fields.get("date")
    said = next((date[name] for name in ("original", "event", "created") if date.get(name)), None) if isinstance(date, dict) else None
    try:
        return as_moment(str(said))
    except (ValueError, OverflowError) as error:
        raise Unfit("fields.date", "is no time (RFC 3339)") from error


def follow(body: bytes, _address: str) -> Following:
    """The next page, where there is one."""
    document = parse(body)
    links = document.get("links") if isinstance(document, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    return Following([str(following["href"])] if isinstance(following, dict) and following.get("href") else [])
