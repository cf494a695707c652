"""The adapters by the name a feed is registered with. To add one: write a small file, and an entry here (docs/adapters.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from services.reports.feeds.adapters import (
    acled,
    cap,
    gdelt,
    hdx_signals,
    hxl,
    iom,
    mapped,
    massmob,
    native,
    reliefweb,
    syndication,
    ucdp,
    usgs,
)
from services.reports.feeds.adapters.following import Following, no_further
from services.reports.feeds.adapters.formats.archive import zipped
from services.reports.feeds.adapters.formats.cap_documents import read_alerts
from services.reports.feeds.adapters.formats.hxl_tables import read_json_table, read_separated, read_workbook, tagged
from services.reports.feeds.adapters.formats.json_rows import read_features, read_json, read_json_at, read_ndjson
from services.reports.feeds.adapters.formats.tables import delimited, headed
from services.reports.feeds.adapters.formats.workbook import MEDIA_TYPE as XLSX
from services.reports.feeds.adapters.formats.workbook import read_sheet
from services.reports.feeds.adapters.records import Context, FeedReader, converting, plain
from services.reports.feeds.adapters.rows import Reader
from services.reports.feeds.errors import FormatNotTaken

CSV, JSON, NDJSON, GEOJSON = "text/csv", "application/json", "application/x-ndjson", "application/geo+json"
CAP, XML, ATOM, RSS = "application/cap+xml", "application/xml", "application/atom+xml", "application/rss+xml"
ZIP, TSV = "application/zip", "text/tab-separated-values"


@dataclass(frozen=True)
class Adapter:
    """How one kind of source is read."""

    name: str
    reads: Mapping[str, FeedReader]
    """By media type."""
    leads_only: bool = False
    """What it brings supports nothing (R8), whatever the feed's trust."""
    follow: Callable[[bytes, str], Following] = no_further
    """What a document fetched from an address says of where more is."""
    served_as: Mapping[str, str] = field(default_factory=dict)
    """What a server may call its documents, beside the media types above: `text/xml` for `application/xml`."""


def _all(media_types: tuple[str, ...], read: FeedReader) -> dict[str, FeedReader]:
    return dict.fromkeys(media_types, read)


_columns: Final = headed(delimited())
_xml: Final = {"text/xml": XML}
_native_sheet: Final = mapped.when_mapped(plain(native.native_table(read_sheet)), lambda _: headed(read_sheet))
_alerts: Final = _all((CAP, XML, ATOM, RSS), converting(read_alerts, cap.convert))

NATIVE: Final = Adapter(
    "native",
    {
        JSON: mapped.when_mapped(plain(read_json), mapped.json_of),
        NDJSON: mapped.when_mapped(plain(read_ndjson), lambda _: read_ndjson),
        CSV: mapped.when_mapped(plain(native.read_csv), mapped.csv_of),
        GEOJSON: converting(read_features, native.convert_feature),
        XLSX: _native_sheet,
        CAP: _alerts[CAP],
        XML: _alerts[XML],
    },
    served_as=_xml,
)
_KNOWN: Final = (
    NATIVE,
    Adapter("ucdp-ged", {
        CSV: converting(headed(delimited(), "id", "type_of_violence", "country"), ucdp.convert),
        JSON: converting(read_json_at("Result"), ucdp.convert),
    }, follow=ucdp.follow),
    Adapter("hdx-signals", {CSV: converting(headed(delimited(), *hdx_signals.REQUIRED), hdx_signals.convert)}),
    Adapter("iom-missing-migrants", {CSV: converting(_columns, iom.convert), XLSX: converting(headed(read_sheet), iom.convert)}),
    Adapter("mass-mobilization", {CSV: converting(headed(delimited(), *massmob.REQUIRED), massmob.convert)}),
    Adapter("gdelt-events", {
        ZIP: converting(zipped(gdelt.read_export), gdelt.convert),
        TSV: converting(gdelt.read_export, gdelt.convert),
    }, leads_only=True, follow=gdelt.follow, served_as={"application/x-zip-compressed": ZIP, "application/octet-stream": ZIP}),
    Adapter("hxl", {
        **_all((CSV, TSV), converting(tagged(read_separated), hxl.convert)),
        XLSX: converting(tagged(read_workbook), hxl.convert),
        JSON: converting(tagged(read_json_table), hxl.convert),
    }),
    Adapter("cap", _alerts, follow=cap.follow, served_as=_xml),
    Adapter("acled", {
        CSV: converting(headed(delimited(), *acled.REQUIRED), acled.convert),
        JSON: converting(read_json_at(acled.LIST), acled.convert),
    }, follow=acled.follow),
    Adapter("reliefweb", {JSON: converting(read_json_at(reliefweb.LIST), reliefweb.convert)}, follow=reliefweb.follow),
    Adapter("rss", _all((RSS, ATOM, XML), converting(syndication.read_entries, syndication.convert)), served_as=_xml),
    Adapter("usgs-earthquakes", {GEOJSON: converting(read_features, usgs.convert), JSON: converting(read_features, usgs.convert)}),
)  # fmt: skip
ADAPTERS: Final[dict[str, Adapter]] = {each.name: each for each in _KNOWN}
MEDIA_TYPES: Final = tuple(dict.fromkeys(media for each in _KNOWN for media in each.reads))
"""Every media type that some adapter reads."""


def reader_of(adapter: str, media_type: str, context: Context) -> Reader:
    """Reads deliveries to a feed. FormatNotTaken for a media type its adapter does not read."""
    reads = ADAPTERS[adapter].reads
    if media_type not in reads:
        raise FormatNotTaken(media_type, reads)
    return lambda file: reads[media_type](file, context)
