"""HXL: hashtags wherever they stand, in every kind of table libhxl reads, with the outputs libhxl gives."""

import csv
import io
import json
from pathlib import Path

import pytest

from chassis.errors import Invalid, Unreadable
from services.reports.feeds.adapters.formats.hxl_tables import (
    Tagged,
    open_table,
    read_json_table,
    read_separated,
    read_workbook,
    tags_of,
)
from tests.services.reports.feeds.reading import CSV, JSON, XLSX, accepted, aside, content, read, refused

IO = "humanitarian/libhxl_tests/test_io"
SAMPLES = "humanitarian/hxl"


def opened(path: Path) -> Tagged:
    """A file's table behind its hashtags."""
    read_lines = {".json": read_json_table, ".xlsx": read_workbook}.get(path.suffix, read_separated)
    return open_table(read_lines(io.BytesIO(path.read_bytes())))


def padded(table: Tagged) -> list[list[str]]:
    """Its lines, as long as its tags."""
    width = len(table.tags)
    return [[*(line.cells or []), *[""] * width][:width] for line in table.lines]


@pytest.mark.parametrize("name", ["input-valid.json", "input-valid.ssv", "input-valid.tsv", "output-valid.csv", "output-valid.json"])
def test_every_format_gives_what_libhxl_gives(data: Path, name: str) -> None:
    [headers, tags, *rows] = csv.reader(io.StringIO((data / IO / "output-valid.csv").read_text()))
    table = opened(data / IO / name)
    assert table.headers == headers
    assert table.tags == tags
    assert padded(table) == rows


def test_the_hashtag_row_is_found_on_any_sheet_and_behind_any_number_of_headers(data: Path) -> None:
    assert opened(data / IO / "input-quality.xlsx").tags[1:4] == ["#sector+es", "#subsector+es", "#org+es"]
    table = opened(data / IO / "input-multiple-headers.csv")
    assert (table.headers, table.tags) == (["Org", "No hashtag", "Province", "Number affected"], ["#org", "", "#adm1", "#affected"])
    assert opened(data / IO / "input-fuzzy.csv").tags == [
        "",
        "#sector+es",
        "#subsector+es",
        "#org+es",
        "#targeted+f",
        "#targeted+f",
        "",
        "",
    ]


def test_every_output_of_libhxls_scripts_is_read(data: Path) -> None:
    files = sorted((data / "humanitarian/libhxl_tests/test_scripts").glob("*output*.csv"))
    assert len(files) > 30
    for path in files:
        assert padded(opened(path)), path.name


@pytest.mark.parametrize(
    "path",
    [f"{IO}/input-invalid.csv", f"{SAMPLES}/whowhatwhere_notags_3w_data.csv", "humanitarian/libhxl_tests/test_scripts/input-untagged.csv",
     "humanitarian/libhxl_tests/test_converters/wide-tagging-test.csv", f"{SAMPLES}/ukraine-who-does-what-where-3w.json"],
)  # fmt: skip
def test_a_file_without_hashtags_is_refused_whole(data: Path, path: str) -> None:
    with pytest.raises(Invalid):
        read("hxl", JSON if path.endswith("json") else CSV, content(data / path))


@pytest.mark.parametrize("name", ["input-valid.xls", "input-quality.xls", "input-untagged-csv.zip"])
def test_what_is_no_xlsx_is_unreadable(data: Path, name: str) -> None:
    with pytest.raises(Unreadable):
        read("hxl", XLSX, (data / IO / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "media_type", "kept", "set_aside"),
    [
        ("idps_download-displacement-data.csv", CSV, 59, 1653),
        ("hno_2017_sahel_nutrition.csv", CSV, 0, 27),
        ("hno_2017_sahel_people_in_need.xlsx", XLSX, 0, 45),
        ("somalia_drought_affected_targeted_reached_by_cluster.csv", CSV, 0, 74),
    ],
)
def test_r5_every_line_of_a_real_file_is_accounted_for(data: Path, name: str, media_type: str, kept: int, set_aside: int) -> None:
    rows = read("hxl", media_type, content(data / SAMPLES / name))
    assert (len(accepted(rows)), aside(rows), refused(rows)) == (kept, set_aside, [])


def test_the_file_named_for_afghanistan_is_read_by_its_row_which_is_iraqi(data: Path) -> None:
    [row] = read("hxl", CSV, content(data / SAMPLES / "whowhatwhere_afg_3w_data.csv"), country="AFG")
    assert row.flaw == "Set aside: outside the region (IQ)"


def test_a_line_becomes_native_and_keeps_every_cell() -> None:
    table = b"When,Who,What,Code,Name,Lat,Lon,People,Note\n#date,#org,#sector,#adm1+code,#adm1+name,#geo+lat,#geo+lon,#affected+f,\n"
    rows = read(
        "hxl", CSV, table + b'2026-03,UNICEF,WASH,TJ02,Sughd,40.2,69.6,"1,200",x\n2026-03-04,WHO,Health,KG01,,,,-,\nsoon,WHO,,UZ01,,,,,\n'
    )
    [first, second] = accepted(rows)
    assert first | {"text": "", "external_id": ""} == {
        "external_id": "", "occurred_at": "2026-03-01T00:00:00Z", "country": "TJK", "area": "Sughd", "latitude": 40.2, "longitude": 69.6,
        "themes": ["humanitarian"], "title": "WASH, UNICEF: Sughd", "figures": {"affected_f": {"best": 1200}}, "text": "",
    }  # fmt: skip
    assert "Date known to: month" in first["text"]
    assert "#affected+f: -" in second["text"]
    assert "figures" not in second
    assert refused(rows) == ["#date: is not a date like 2026-03-01, 2026-03 or 2026"]
    assert rows[2].line == 5


def test_json_objects_are_named_by_their_hashtags() -> None:
    body = json.dumps([{"#date": "2026", "#country+code": "UZB", "#event": "Drought", "#affected": 5}, "x"]).encode()
    rows = read("hxl", JSON, body)
    assert accepted(rows)[0]["title"] == "Drought"
    assert len(refused(rows)) == 1


def test_hashtags_are_told_from_other_words() -> None:
    assert tags_of(["#org +x +y", " #ADM1+Code ", ""]) == ["#org+x+y", "#adm1+code", ""]
    assert tags_of(["#org", "no", "not"]) == ["", "", ""]
    assert tags_of(["#1", "# org", "org"]) == ["", "", ""]
