"""Files with something wrong somewhere: whatever it is, the answer is rows or a refusal, and every reason can be stored."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Invalid, TooLarge, Unreadable
from services.reports.feeds.adapters import ADAPTERS
from tests.services.reports.feeds.reading import CAP, CSV, GEOJSON, JSON, XLSX, ZIP, flaw_of, read
from tests.services.reports.feeds.test_cap import alert
from tests.services.reports.feeds.test_hostile import packed, sheet

UCDP = {"id": 1, "type_of_violence": 1, "country": "Tajikistan", "date": "1997-01-05", "latitude": 38.5, "longitude": 68.7, "best": 3}
QUAKE = {
    "type": "Feature", "id": "us1", "geometry": {"type": "Point", "coordinates": [70.9, 37.5, 10.0]},
    "properties": {"mag": 4.5, "place": "Vanj, Tajikistan", "time": 1517966773840, "type": "earthquake"},
}  # fmt: skip
REPORT = {"title": "x", "date": {"created": "2026-03-02T10:00:00+00:00"}, "country": [{"iso3": "uzb"}], "language": [{"code": "en"}]}
ROW = {"external_id": "g", "occurred_at": "2026-03-01T10:00:00Z", "title": "t", "country": "TJK", "figures": {"deaths": {"best": 1}}}
RECORDS: dict[tuple[str, str], Any] = {
    ("ucdp-ged", JSON): [UCDP],
    ("usgs-earthquakes", GEOJSON): {"features": [QUAKE]},
    ("reliefweb", JSON): {"data": [{"id": "1", "fields": REPORT}], "links": {"next": {"href": "x"}}},
    ("native", JSON): [ROW],
    ("hxl", JSON): [["#date", "#country", "#affected", "#geo+lat", "#geo+lon"], ["2026", "Tajikistan", "5", "40", "70"]],
}
NEWS = '<rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>Osh</title><pubDate>{}</pubDate></item></channel></rss>'
FILES = {
    ("cap", CAP): alert(),
    ("rss", "application/rss+xml"): NEWS.format("Fri, 04 Feb 2011 20:20:00 +0500").encode(),
    ("native", XLSX): sheet(["external_id", "occurred_at", "title", "country"], ["x", "2026-03-01T10:00:00Z", "t", "TJK"]),
    ("gdelt-events", ZIP): packed({"x.CSV": b"\t".join([b"1"] * 61)}),
    ("hxl", CSV): b"Day,Land,People\n#date,#country,#affected\n2026-03-01,Tajikistan,5\n",
}
ODD = st.sampled_from(
    [
        None,
        True,
        -1,
        10**40,
        float("nan"),
        float("inf"),
        "",
        "\x00",
        "\ud800",
        [],
        {},
        [1],
        {"a": 1},
        "9999-12-31",
        "0000-00-00",
        "1e400",
        "nan",
    ]
)
DAMAGE = st.sampled_from([b"", b"\x00", b",", b'"', b"\n", b"nan", b"1e999", b"\xff", b"<a>", b"&#x1;", b"]]>", b"<?x?>", b"9" * 40])


@st.composite
def damaged(draw: Any, value: Any) -> Any:
    """The value with something odd in one of its places."""
    if draw(st.integers(0, 4)) == 0 or not isinstance(value, (dict, list)) or not value:
        return draw(ODD)
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = draw(st.sampled_from(keys))
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = draw(damaged(value[key]))
    return copy


def require_answer(adapter: str, media_type: str, body: bytes) -> None:
    """Rows that can be stored, or a refusal."""
    try:
        rows = read(adapter, media_type, body)
        ADAPTERS[adapter].follow(body, "https://source.example/?limit=2&page=x")
    except (Unreadable, Invalid, TooLarge):
        return
    for row in rows:
        named = [part for pair in (row.fields or {}).items() for part in pair]
        assert all("\x00" not in each and each.encode() is not None for each in [row.flaw or "", *named])
        assert row.flaw is None or row.native is None
        flaw_of(row)


@pytest.mark.parametrize(("adapter", "media_type"), RECORDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_record_with_something_odd_anywhere_is_answered(adapter: str, media_type: str, data: st.DataObject) -> None:
    require_answer(adapter, media_type, json.dumps(data.draw(damaged(RECORDS[adapter, media_type]))).encode())


@pytest.mark.parametrize(("adapter", "media_type"), FILES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_file_with_a_part_cut_out_or_overwritten_is_answered(adapter: str, media_type: str, data: st.DataObject) -> None:
    body = FILES[adapter, media_type]
    begin = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(begin, min(len(body), begin + 40)))
    require_answer(adapter, media_type, body[:begin] + data.draw(DAMAGE) + body[end:])
