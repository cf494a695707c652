"""Hostile files: each is refused as a whole or row by row, in bounded time and memory, and never by an unexpected error."""

import io
import json
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from openpyxl import Workbook

from chassis.errors import Invalid, TooLarge, Unreadable
from services.reports.feeds.adapters import ADAPTERS
from services.reports.feeds.adapters.formats import archive, workbook
from tests.services.reports.feeds.reading import CAP, CSV, GEOJSON, JSON, NDJSON, XLSX, XML, ZIP, accepted, read, refused

XML_ADAPTERS = [("cap", CAP), ("cap", XML), ("rss", "application/rss+xml"), ("native", XML), ("native", CAP)]
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE_XML = {
    "external entity": '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>',
    "parameter entity": '<!DOCTYPE alert [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><alert/>',
    "external DTD": '<!DOCTYPE alert SYSTEM "http://127.0.0.1:1/x.dtd"><alert/>',
    "entity bomb": f'<!DOCTYPE alert [<!ENTITY e0 "ha">{BOMB}]><alert>&e8;</alert>',
    "quadratic bomb": f'<!DOCTYPE alert [<!ENTITY a "{"a" * 50_000}">]><alert>{"&a;" * 50_000}</alert>',
    "bare DTD": "<!DOCTYPE rss><rss/>",
    "nested without end": "<a>" * 100_000 + "</a>" * 100_000,
    "NUL": "<alert>\x00</alert>",
    "half a surrogate": "<alert>&#xD800;</alert>",
    "unknown encoding": '<?xml version="1.0" encoding="no-such"?><alert/>',
    "nothing": "",
    "no XML": "\x89PNG",
}


@pytest.mark.parametrize("name", HOSTILE_XML)
@pytest.mark.parametrize(("adapter", "media_type"), XML_ADAPTERS)
def test_hostile_xml_is_unreadable(name: str, adapter: str, media_type: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable):
        read(adapter, media_type, HOSTILE_XML[name].encode())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["external entity", "entity bomb"])
def test_hostile_xml_in_utf_16_is_unreadable_as_well(name: str) -> None:
    with pytest.raises(Unreadable):
        read("cap", CAP, HOSTILE_XML[name].encode("utf-16"))


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = packed({"x.export.CSV": b"0" * (40 * 1024 * 1024)})
    assert len(bomb) < 50_000
    with pytest.raises(Unreadable):
        read("gdelt-events", ZIP, bomb)


def test_a_zip_that_lies_about_its_sizes_is_counted_as_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_RATIO", 10_000)
    honest = packed({"x.export.CSV": b"0" * (3 * 1024 * 1024)})
    lying = honest.replace(struct.pack("<I", 3 * 1024 * 1024), struct.pack("<I", 10))
    with pytest.raises((Unreadable, TooLarge)):
        list(archive.unpack(archive.open_archive(io.BytesIO(lying)), 1024 * 1024))
    with pytest.raises(TooLarge):
        list(archive.unpack(archive.open_archive(io.BytesIO(honest)), 1024 * 1024))


def test_archives_of_other_shapes_are_refused() -> None:
    for body in (b"", b"PK", b"PK\x03\x04" + b"\x00" * 40, packed({}), packed({"a": b"", "b": b""}), packed({"a": b"x"})[:-10]):
        with pytest.raises(Unreadable):
            read("gdelt-events", ZIP, body)
    broken = packed({"a": zlib.compress(b"x" * 5000)}, zipfile.ZIP_STORED).replace(b"x\x9c", b"x\x00")
    with pytest.raises(Unreadable):
        read("gdelt-events", ZIP, broken)


def sheet(*rows: list[Any]) -> bytes:
    """A workbook of one sheet."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


HEADER = ["external_id", "occurred_at", "title", "country"]


def test_a_workbook_of_native_names_is_read_and_a_formula_stays_the_text_it_is() -> None:
    rows = read(
        "native",
        XLSX,
        sheet(HEADER, ["x1", "2026-03-01T10:00:00Z", '=HYPERLINK("http://evil.example")', "TJK"], [], ["x2", "", "t", "TJK"]),
    )
    assert accepted(rows)[0]["title"] == '=HYPERLINK("http://evil.example")'
    assert len(refused(rows)) == 1
    assert [row.line for row in rows] == [2, 4]


def test_csv_cells_that_look_like_formulas_stay_text() -> None:
    body = (",".join(HEADER) + '\nx1,2026-03-01T10:00:00Z,"=1+1",TJK\nx2,2026-03-01T10:00:00Z,@SUM(A1),TJK\n').encode()
    assert [native["title"] for native in accepted(read("native", CSV, body))] == ["=1+1", "@SUM(A1)"]


def changed(body: bytes, name: str, change: bytes, to: bytes) -> bytes:
    """A workbook with a part changed."""
    with zipfile.ZipFile(io.BytesIO(body)) as made:
        members = {each: made.read(each) for each in made.namelist()}
    assert change in members[name]
    return packed(members | {name: members[name].replace(change, to)})


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_claims_to_be_huge_is_read_for_what_it_is() -> None:
    body = sheet(HEADER, ["x1", "2026-03-01T10:00:00Z", "t", "TJK"])
    for change, to in ((b'ref="A1:D2"', b'ref="A1:XFD1048576"'),):
        began = time.monotonic()
        assert len(accepted(read("native", XLSX, changed(body, SHEET, change, to)))) == 1
        assert time.monotonic() - began < 5


def test_a_row_far_below_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_LINES", 5_000)
    body = changed(sheet(HEADER, ["x1"]), SHEET, b'<row r="2">', b'<row r="1000000000">')
    with pytest.raises(TooLarge):
        read("native", XLSX, body)


def test_workbook_bombs_are_refused_before_anything_is_built_of_them() -> None:
    bombs = [
        packed({"xl/workbook.xml": b"<a/>", SHEET: b" " * (30 * 1024 * 1024)}),
        changed(sheet(HEADER), "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "ha">]><workbook'),
    ]
    for body in bombs:
        with pytest.raises(Unreadable):
            read("native", XLSX, body)


def test_what_is_no_workbook_is_unreadable() -> None:
    for body in (b"", b"a,b\n1,2\n", packed({"a": b"x"}), packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<no/>"})):
        with pytest.raises(Unreadable):
            read("native", XLSX, body)


NATIVE_FLAWS = [
    {"occurred_at": "0000-01-01T00:00:00Z"},
    {"occurred_at": "9999-12-31T23:59:59Z"},
    {"latitude": 91.0, "longitude": 0.0},
    {"latitude": 0.0, "longitude": -180.5},
    {"latitude": float("inf"), "longitude": 0.0},
    {"title": "a\x00b"},
    {"title": "\ud800"},
]


@pytest.mark.parametrize("flaw", NATIVE_FLAWS, ids=str)
@pytest.mark.parametrize("media_type", [JSON, NDJSON, GEOJSON, CSV])
def test_r5_a_hostile_row_is_refused_by_itself_in_every_format(flaw: dict[str, Any], media_type: str) -> None:
    good = {"external_id": "g", "occurred_at": "2026-03-01T10:00:00Z", "title": "t", "country": "TJK"}
    both = [good | flaw, good]
    if media_type == JSON:
        body = json.dumps(both).encode()
    elif media_type == NDJSON:
        body = "\n".join(map(json.dumps, both)).encode()
    elif media_type == GEOJSON:
        body = json.dumps({"features": [{"type": "Feature", "properties": each} for each in both]}).encode()
    else:
        names = [*HEADER, "latitude", "longitude"]
        body = "\n".join([",".join(names), *(",".join(str(each.get(name, "")) for name in names) for each in both)]).encode(
            "utf-8", "surrogatepass"
        )
    rows = read("native", media_type, body)
    assert (len(accepted(rows)), len(refused(rows))) == (1, 1)


UTF_16 = 'external_id,title\nx,"ё"\n'.encode("utf-16")


@pytest.mark.parametrize(("adapter", "media_type"), [(name, media) for name, each in ADAPTERS.items() for media in each.reads])
def test_no_adapter_stumbles_over_rubbish(adapter: str, media_type: str) -> None:
    """Whatever comes, the answer is rows or a refusal; anything else would be ours to mend."""
    odd = [
        b"", b"\x00" * 100, b"\xff\xfe", UTF_16, b"\xef\xbb\xbf", b"null", b"{}", b"[]", b"1e999", b"[[]]", b'["#date"]', b"[" * 200_000,
        b"\n" * 100, b'"', b'{"features":[{},1,null,{"properties":{"type":"earthquake","place":"Tajikistan"}}]}', b"id\n" + b"\xd0\n",
        b"PK\x05\x06" + b"\x00" * 18, b"#date,#country\n\xff,Tajikistan\n", b"<a/>", b"<rss/>", b"<feed/>",
    ]  # fmt: skip
    for body in odd:
        try:
            rows = read(adapter, media_type, body)
        except (Unreadable, Invalid, TooLarge):
            continue
        assert all(row.flaw is None or row.flaw.encode() for row in rows), "a reason can be stored"


def test_reasons_and_names_of_fields_can_be_stored_whatever_the_header_holds() -> None:
    head = b"id,type_of_violence,country,country_id,date_start,latitude,longitude\n"
    rows = read(
        "ucdp-ged", CSV, head + b"1,1,T\xff\x00,999,2020-01-01,1,2\n2,1,Tajikistan,702,\xff\xfe,,\n3,1,Tajikistan,702,2020-01-01,north,70\n"
    )
    assert [row.flaw for row in rows] == [
        "Set aside: outside the region (999)",
        "date_start: is not a date like 2021-05-28",
        "latitude: is not a number",
    ]
    assert rows[2].fields == {"": "latitude"}
