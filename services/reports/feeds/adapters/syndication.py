"""News as RSS or Atom, any version (feedparser, behind a gate that lets no DTD pass).

An entry names its country in words at most: one it names is its place, else the feed's own country is.
"""

import html
import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

import feedparser

from chassis.errors import Invalid
from services.reports.feeds.adapters.countries import is_near, named_in
from services.reports.feeds.adapters.flaws import OutOfScope, Unfit
from services.reports.feeds.adapters.formats.xml import parse_xml
from services.reports.feeds.adapters.records import Context, Native, Record, identity, lines, shorten, spoken
from services.reports.feeds.adapters.rows import Row, read_document

_TAG: Final = re.compile(r"<[^>]{0,2000}>")


def read_entries(file: BinaryIO) -> Iterator[Row]:
    """The entries of a feed. Unreadable for what is no XML, Invalid for XML that is no feed."""
    body = read_document(file)
    parse_xml(body)
    # A file object: given bytes or text, feedparser would take a short one for an address or a file's name.
    feed: Any = feedparser.parse(io.BytesIO(body), resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise Invalid("This is no RSS or Atom feed.", [{"pointer": "", "detail": "is XML of another kind"}])
    language = str(feed.feed.get("language", ""))
    for entry in feed.entries:
        values = {name: entry.get(name) for name in ("id", "link", "title", "summary", "author")} | {"language": language}
        values |= {"moment": _moment(entry), "where": entry.get("where")}
        yield Row(values, {name: str(value) for name, value in values.items()})


def _moment(entry: dict[str, Any]) -> Any:
    """When it was published or updated; asked of the plain dictionary, since feedparser's own reading of one for the other is going."""
    return dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")


def convert(record: Record, context: Context) -> Native:
    """One entry."""
    title, summary = plain_text(record.need("/title", "title")), plain_text(record.text("/text", "summary") or "")
    language = record.text("/language", "language") or ""
    moment = record.values["moment"]
    if moment is None:
        raise Unfit("pubDate", "is needed, as RFC 822 in RSS (published or updated, as RFC 3339, in Atom)")
    record.fields["/occurred_at"] = "pubDate"
    native = spoken(language) | {
        "external_id": identity(record.need("/external_id", "id", "link")),
        "occurred_at": datetime.fromtimestamp(timegm(moment), UTC).isoformat().replace("+00:00", "Z"),
        "title": shorten(title),
    }
    return native | _place(record, named_in(f"{title} {summary}"), context) | lines(
        ("Summary", summary),
        ("Author", record.text("", "author")),
        ("Address", record.text("", "link")),
    )  # fmt: skip


def _place(record: Record, named: list[str], context: Context) -> Native:
    where = record.values["where"]
    if isinstance(where, dict) and where.get("type") == "Point":
        longitude, latitude = where["coordinates"][:2]
        if not is_near(latitude, longitude):
            raise OutOfScope(f"outside the region (latitude {latitude:.1f}, longitude {longitude:.1f})")
        return {"latitude": latitude, "longitude": longitude}
    country = context.country if context.country in named or not named else named[0]
    return {"country": country} | ({"label": {"countries": named}} if len(named) > 1 else {})


def plain_text(markup: str) -> str:
    """Text without tags and with its blanks in order."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
