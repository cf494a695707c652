"""Incidents as CSV (RFC 4180, UTF-8) and as HXL. The first two lines are marking and notice, then come the names of the columns."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from chassis.cells import marked
from services.reports.incidents.queries import IncidentSeen
from services.reports.incidents.rendering.formats import FIELDS, Heading, told

COLUMNS: Final = (*FIELDS, "sensitivity", "tlp", "originator", "releasable_to")
HASHTAGS: Final = dict(
    zip(
        COLUMNS,
        (
            "#event+id", "#event+code", "#event+name", "#date+occurred", "#country+code+v_iso3", "#country+code+list", "#adm1+name",
            "#adm1+code+v_iso2", "#loc+zone", "#region+list", "#geo+lat", "#geo+lon", "#event+type+list", "#indicator+accounts+num",
            "#meta+source+list", "#meta+corroborated", "#meta+reliability", "#meta+credibility", "#access+sensitivity", "#access+tlp",
            "#meta+originator", "#access+releasable+list",
        ),
        strict=True,
    )
)  # fmt: skip


class Csv:
    """CSV; with `hashtags`, a row of HXL hashtags under the names of the columns."""

    media_type, between = "text/csv; charset=utf-8", b""

    def __init__(self, suffix: str, *, hashtags: bool) -> None:
        self.suffix, self._hashtags = suffix, hashtags

    def begin(self, heading: Heading) -> bytes:
        """Marking, notice, names of the columns, hashtags. A byte order mark tells spreadsheets that it is UTF-8."""
        tags = [[HASHTAGS[name] for name in COLUMNS]] if self._hashtags else []
        return b"\xef\xbb\xbf" + b"".join(_line(cells) for cells in ([heading.marking], [heading.notice], COLUMNS, *tags))

    def row(self, incident: IncidentSeen) -> bytes:
        """The incident as a line."""
        said = told(incident)
        return _line([cell(said[name]) for name in COLUMNS])

    def end(self) -> bytes:
        """Nothing stands behind the rows."""
        return b""


def cell(value: Any) -> str:
    """A value as a cell. A text that a spreadsheet would compute has an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    said = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return marked(said)


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


render_csv = Csv("csv", hashtags=False)
render_hxl = Csv("hxl.csv", hashtags=True)
