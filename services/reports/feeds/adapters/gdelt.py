"""GDELT 2.0 events: 61 fields between tabs, no header, coded by machine from the news. Leads only, never evidence (R8).

Places bear FIPS 10-4 codes, not ISO. The list `lastupdate.txt` names the newest export by size, MD5 and address.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from services.reports.feeds.adapters.cameo import ROOTS
from services.reports.feeds.adapters.countries import BY_FIPS, require
from services.reports.feeds.adapters.flaws import Unfit
from services.reports.feeds.adapters.following import Following
from services.reports.feeds.adapters.formats.tables import tab_separated
from services.reports.feeds.adapters.records import Context, Native, Record, lines, shorten
from services.reports.feeds.adapters.rows import Row

ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
PLACE: Final = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
FIELDS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in PLACE),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
PRECISION: Final = {"1": "country", "2": "state", "3": "city", "4": "city", "5": "province"}
EXPORT: Final = ".export.CSV.zip"
MAX_LISTED: Final = 1_000


def read_export(file: BinaryIO) -> Iterator[Row]:
    """The lines of an export as records."""
    for line in tab_separated(file):
        cells = line.cells or []
        if len(cells) != len(FIELDS):
            yield Row(None, cells, f"has {len(cells)} fields, an event has {len(FIELDS)}", line.number)
        else:
            yield Row(dict(zip(FIELDS, cells, strict=True)), cells, line=line.number)


def convert(record: Record, _context: Context) -> Native:
    """One event as news told it. A point that stands for a whole country or province is left out."""
    country = require(BY_FIPS, record.text("/country", "ActionGeo_CountryCode"))
    code = record.need("/themes", "EventRootCode")
    if code not in ROOTS:
        raise Unfit("EventRootCode", "is no root code of CAMEO")
    root, precision = ROOTS[code], record.text("", "ActionGeo_Type")
    place = record.text("", "ActionGeo_FullName")
    actors = " - ".join(filter(None, (record.text("", "Actor1Name"), record.text("", "Actor2Name"))))
    native = {
        "external_id": f"gdelt-{record.need('/external_id', 'GLOBALEVENTID')}",
        "occurred_at": record.need_day("/occurred_at", "SQLDATE", form="%Y%m%d"),
        "country": country,
        "themes": list(root.themes),
        "title": shorten(": ".join(filter(None, (root.title, actors, place)))),
        "language": "en",
    }
    if PRECISION.get(precision or "") == "city":
        native |= record.point("ActionGeo_Lat", "ActionGeo_Long")
    return native | lines(
        ("CAMEO", record.text("/text", "EventCode")),
        ("Place known to", PRECISION.get(precision or "")),
        ("Articles", record.text("", "NumArticles")),
        ("Goldstein scale", record.text("", "GoldsteinScale")),
        ("Found in", record.text("", "SOURCEURL")),
    )


def follow(body: bytes, _address: str) -> Following:
    """The event exports in a list of updates; its lines are size, MD5 and address. An export itself names nothing.

    They lie beside the list, so only their names are taken: the list gives addresses without https, which are not called.
    """
    if body.startswith(b"PK"):
        return Following([])
    lines_of = (line.split() for line in body.decode("utf-8", "replace").splitlines()[:MAX_LISTED])
    names = [parts[2].rsplit("/", 1)[-1] for parts in lines_of if len(parts) == 3 and parts[2].endswith(EXPORT)]
    return Following(names, is_index=True, is_delivery=not names)
