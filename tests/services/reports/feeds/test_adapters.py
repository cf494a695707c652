"""Adapters on the real files of their sources: every row is read, refused with its field, or set aside with its reason."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.errors import Invalid
from contracts.vocabulary import COUNTRIES
from services.reports.feeds.adapters import ADAPTERS, Row
from services.reports.feeds.adapters.cameo import ROOTS
from services.reports.feeds.adapters.countries import BY_FIPS, BY_GWNO, BY_ISO2, BY_ISO3, BY_NAME, TABLE
from services.reports.feeds.adapters.gdelt import FIELDS
from tests.services.reports.conftest import Make
from tests.services.reports.feeds.reading import CSV, GEOJSON, JSON, XLSX, ZIP, accepted, aside, content, countries, read, refused

TSV = "text/tab-separated-values"
UCDP = "events/ucdp/ged_sample_1000_v231.csv"
REAL = [
    ("ucdp-ged", CSV, UCDP, 138, 862),
    ("ucdp-ged", JSON, "events/ucdp/ged251_events_sample.json", 1027, 8945),
    ("hdx-signals", CSV, "humanitarian/hdx_signals/signals_to_2022.csv", 34, 778),
    ("mass-mobilization", CSV, "events/massmob/mm_master.csv.gz", 363, 14_876),
    ("gdelt-events", TSV, "events/gdelt/20180101000000.export.CSV.gz", 5, 2_409),
    ("usgs-earthquakes", GEOJSON, "indicators/earthquakes.json", 6, 1_701),
]


@pytest.mark.parametrize(("adapter", "media_type", "path", "kept", "set_aside"), REAL, ids=[f"{each[0]}-{each[2][-4:]}" for each in REAL])
def test_r5_every_row_of_a_real_file_is_accounted_for(
    data: Path, adapter: str, media_type: str, path: str, kept: int, set_aside: int
) -> None:
    rows = read(adapter, media_type, content(data / path))
    assert (len(accepted(rows)), aside(rows), refused(rows)) == (kept, set_aside, [])
    assert len(rows) == kept + set_aside
    assert set(countries(accepted(rows))) <= {*COUNTRIES, "undetermined"}
    ids = [native["external_id"] for native in accepted(rows)]
    assert len(set(ids)) == len(ids)


def test_ucdp_keeps_three_bounds_and_how_exactly_day_and_place_are_known(data: Path) -> None:
    rows = {native["external_id"]: native for native in accepted(read("ucdp-ged", CSV, content(data / UCDP)))}
    ambush = rows["ucdp-ged-401115"]
    assert ambush["figures"]["deaths"] == {"best": 10, "low": 10, "high": 10}
    assert ambush["occurred_at"] == "2021-05-28T00:00:00Z"
    assert "Date known to: a few days" in ambush["text"]
    assert "Place known to: province" in ambush["text"]
    assert "latitude" not in ambush, "the point of a province is only its middle"
    assert sum("latitude" in row for row in rows.values()) > 50


def test_ucdp_reads_any_version_by_its_header() -> None:
    header = b"id,type_of_violence,country,country_id,date_start,latitude,longitude,best,low,high\n"
    old = header + b"7,1,Tajikistan,702,1997-01-05 00:00:00.000,38.5,68.7,4,3,9\n"
    api = {
        "Result": [
            {"id": 8, "type_of_violence": 2, "country": "Kyrgyzstan", "country_id": 703, "date_start": "2010-06-10T00:00:00", "best": 20}
        ]
    }
    assert accepted(read("ucdp-ged", CSV, old))[0]["figures"]["deaths"] == {"best": 4, "low": 3, "high": 9}
    native = accepted(read("ucdp-ged", JSON, json.dumps(api).encode()))[0]
    assert (native["country"], native["occurred_at"], native["themes"]) == ("KGZ", "2010-06-10T00:00:00Z", ["inter-communal"])
    with pytest.raises(Invalid) as refused_whole:
        read("ucdp-ged", CSV, b"iso3,location\nTJK,x\n")
    assert "has no column id" in str(refused_whole.value.extra)


def test_iom_keeps_the_day_where_there_is_one_and_says_month_where_there_is_none(data: Path) -> None:
    rows = read("iom-missing-migrants", CSV, content(data / "humanitarian/iom/iom_mmp.csv.gz"))
    assert countries(accepted(rows)) == Counter(AFG=27, KAZ=1)
    # The one row said to be of Tajikistan lies in Thailand, and so do its coordinates: the two are not reconciled by guessing.
    assert refused(rows) == ["lat: lies far outside the region, yet the country is TJK"]
    assert len(rows) == 28 + 1 + aside(rows) == 19_669
    published = b"Main ID,Incident Year,Month,Country of Incident,Location of Incident,Coordinates,Total Number of Dead and Missing\n"
    native = accepted(read("iom-missing-migrants", CSV, published + b'2020.MMP1,2020,March,Afghanistan,Nimruz,"31.0, 62.0",3\n'))[0]
    assert (native["occurred_at"], native["external_id"]) == ("2020-03-01T00:00:00Z", "iom-2020.MMP1")
    assert "Date known to: month" in native["text"]
    assert native["figures"]["dead_and_missing"] == {"best": 3}
    [row] = read("iom-missing-migrants", CSV, published + b"x,2020,Brumaire,Afghanistan,Nimruz,,3\n")
    assert row.flaw == "Month: is no month of a year"


def test_years_without_a_protest_are_set_aside_and_named() -> None:
    head = b"id,country,ccode,year,protest,location,start_date\n"
    rows = read(
        "mass-mobilization",
        CSV,
        head + b"1,Kazakhstan,705,1993,0,,\n2,Kazakhstan,705,1994,1,Almaty,1994-05-01\n3,Canada,20,1990,1,x,1990-01-15\n",
    )
    assert [row.flaw for row in rows] == [
        "Set aside: a year without a protest (Kazakhstan, 1993; protest = 0)",
        None,
        "Set aside: outside the region (20)",
    ]
    assert rows[1].line == 3
    assert rows[1].fields is not None
    assert rows[1].fields["/occurred_at"] == "start_date"


def test_gdelt_is_read_from_its_archive_and_brings_leads_only(data: Path) -> None:
    export = content(data / "events/gdelt/20180101000000.export.CSV.gz")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("20180101000000.export.CSV", export)
    rows = read("gdelt-events", ZIP, packed.getvalue())
    assert ADAPTERS["gdelt-events"].leads_only
    assert [row.line for row in rows[:2]] == [1, 2]
    assert countries(accepted(rows)) == Counter(AFG=5), "FIPS codes: AF"
    [cut] = read("gdelt-events", TSV, export.split(b"\n")[0].rsplit(b"\t", 3)[0] + b"\n")
    assert cut.flaw == "has 58 fields, an event has 61"


def test_the_fields_of_gdelt_and_the_codes_of_cameo_are_those_that_are_published(data: Path) -> None:
    described = (data / "events/gdelt/GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv").read_text().splitlines()
    assert all(any(line.startswith(f"{name},") for line in described) for name in FIELDS)
    codes = json.loads((data / "events/gdelt/cameoCodes.json").read_text())["Description"]
    assert {code for code in codes if len(code) == 2} == set(ROOTS)


def test_a_list_of_updates_names_exports_and_an_export_names_nothing() -> None:
    listed = b"5 d41d http://data.example/1.export.CSV.zip\n7 a1 http://data.example/1.mentions.CSV.zip\n9 b2 http://data.example/1.gkg.csv.zip\n"
    following = ADAPTERS["gdelt-events"].follow(listed, "https://data.example/lastupdate.txt")
    assert following == (["1.export.CSV.zip"], True, False)
    assert ADAPTERS["gdelt-events"].follow(b"PK\x03\x04", "https://data.example/1.export.CSV.zip").addresses == []


def test_acled_in_both_formats() -> None:
    """Exercise data in the form of ACLED's codebook: its files may not be passed on."""
    event = {
        "event_id_cnty": "KGZ999", "event_date": "2022-09-16", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "A", "actor2": "B", "iso": 417, "country": "Kyrgyzstan",
        "admin1": "Batken", "location": "Ak-Sai", "latitude": "39.9", "longitude": "70.4",
        "geo_precision": 1, "time_precision": 1, "source": "Exercise", "notes": "Exercise", "fatalities": 3,
    }  # fmt: skip
    [from_api] = accepted(read("acled", JSON, json.dumps({"status": 200, "success": True, "data": [event]}).encode()))
    assert (from_api["country"], from_api["area"], from_api["figures"]) == ("KGZ", "Batken", {"deaths": {"best": 3}})
    csv = ",".join(event) + "\n" + ",".join(map(str, event.values())) + "\n"
    assert accepted(read("acled", CSV, csv.encode())) == [from_api]
    rough = read("acled", JSON, json.dumps([event | {"geo_precision": 3, "fatalities": "many"}]).encode())
    assert refused(rough) == ["fatalities: is not a whole number"]
    assert rough[0].fields == {"": "fatalities"}


def test_acled_numbers_its_pages_until_one_is_not_full() -> None:
    follow = ADAPTERS["acled"].follow
    full, short = (json.dumps({"data": [{}] * size}).encode() for size in (2, 1))
    address = "https://api.example/acled/read?iso=417&limit=2"
    assert follow(full, address).addresses == [f"{address}&page=2"]
    assert follow(full, f"{address}&page=9").addresses == [f"{address}&page=10"]
    assert follow(short, address).addresses == follow(b'{"data": []}', address).addresses == []
    assert follow(full, "https://api.example/acled/read").addresses == [], "5,000 are a full page unless the address says otherwise"
    assert follow(b"event_id_cnty,event_date", address).addresses == []


def test_reliefweb_names_all_countries_of_a_report_and_the_next_page() -> None:
    """Exercise data in the form of ReliefWeb's API, version 2."""
    fields = {
        "title": "Floods", "body": "Water rose.", "date": {"created": "2026-03-02T10:00:00+00:00"}, "primary_country": {"iso3": "tjk"},
        "country": [{"iso3": "uzb", "name": "Uzbekistan"}, {"iso3": "tjk", "name": "Tajikistan"}], "source": [{"shortname": "OCHA"}],
        "language": [{"code": "en"}], "theme": [{"name": "Disaster Management"}],
    }  # fmt: skip
    document = {
        "data": [
            {"id": "1", "fields": fields},
            {"id": "2", "fields": fields | {"primary_country": {"iso3": "som"}, "country": []}},
            {"id": "3"},
        ]
    }
    rows = read("reliefweb", JSON, json.dumps(document | {"links": {"next": {"href": "https://api.example/2"}}}).encode())
    assert accepted(rows)[0] | {"text": ""} == {
        "external_id": "reliefweb-1", "occurred_at": "2026-03-02T10:00:00Z", "country": "TJK", "themes": ["environment"], "title": "Floods",
        "language": "en", "label": {"countries": ["TJK", "UZB"]}, "text": "",
    }  # fmt: skip
    assert rows[1].flaw == "Set aside: outside the region (SOM)"
    assert rows[2].flaw == "fields: is needed: ask the API for them (profile=full)"
    first = json.dumps({"links": {"next": {"href": "https://api.example/2"}}}).encode()
    assert ADAPTERS["reliefweb"].follow(first, "https://api.example/1").addresses == ["https://api.example/2"]


def test_an_earthquake_on_a_border_belongs_to_neither_side_and_is_shown_to_both() -> None:
    quake = {
        "type": "Feature", "id": "us1", "geometry": {"type": "Point", "coordinates": [70.9, 37.5, 10.0]},
        "properties": {"mag": 4.5, "place": "Afghanistan-Tajikistan border region", "time": 1517966773840, "type": "earthquake"},
    }  # fmt: skip
    blast = quake | {"properties": quake["properties"] | {"type": "quarry blast"}}  # type: ignore[dict-item, operator]
    odd = quake | {"properties": quake["properties"] | {"time": 10**18}}  # type: ignore[dict-item, operator]
    rows = read("usgs-earthquakes", GEOJSON, json.dumps({"features": [quake, blast, odd]}).encode())
    assert "country" not in accepted(rows)[0]
    assert accepted(rows)[0]["label"] == {"countries": ["AFG", "TJK"]}
    assert [row.flaw for row in rows[1:]] == ["Set aside: no earthquake (quarry blast)", "properties.time: lies outside all times"]


@pytest.mark.parametrize(
    "name", ["earthquake_index.atom", "weather_index.atom", "ny_index.rss", "weather.atom", "amber.atom", "empty_weather_index.atom"]
)
def test_news_of_real_feeds_is_read(data: Path, name: str) -> None:
    rows = read("rss", "application/rss+xml", content(data / "alerts/cap/testdata" / name))
    assert refused(rows) == []
    assert (
        len(accepted(rows)) + aside(rows)
        == len(rows)
        == {"weather_index.atom": 2, "ny_index.rss": 2, "empty_weather_index.atom": 0}.get(name, 1)
    )


@pytest.mark.parametrize("name", ["invalid.rss", "no_title.atom"])
def test_news_without_a_title_is_refused(data: Path, name: str) -> None:
    assert refused(read("rss", "application/rss+xml", content(data / "alerts/cap/testdata" / name))) == ["title: is needed"]


def test_news_lies_where_it_says_or_where_its_feed_is() -> None:
    head = b'<rss version="2.0" xmlns:georss="http://www.georss.org/georss"><channel><title>x</title><language>ru</language>'
    date = b"<pubDate>Fri, 04 Feb 2011 20:20:00 +0500</pubDate></item>"
    items = [
        "<item><guid>1</guid><title>Сель: Таджикистан</title>".encode() + date,
        b"<item><guid>2</guid><title>Kyrgyzstan and Uzbekistan agree</title>" + date,
        b"<item><guid>3</guid><title>A bridge</title>" + date,
        b"<item><guid>4</guid><title>Far</title><georss:point>-16.0 -173.2</georss:point>" + date,
        b"<item><guid>5</guid><title>No date</title></item>",
    ]  # fmt: skip
    rows = read("rss", "application/rss+xml", head + b"".join(items) + b"</channel></rss>", country="KAZ")
    assert [row.get("country") for row in accepted(rows)] == ["TJK", "KGZ", "KAZ"]
    assert accepted(rows)[1]["label"] == {"countries": ["KGZ", "UZB"]}
    assert accepted(rows)[0]["occurred_at"] == "2011-02-04T15:20:00Z"
    assert [row.flaw for row in rows[3:]] == [
        "Set aside: outside the region (latitude -16.0, longitude -173.2)",
        "pubDate: is needed, as RFC 822 in RSS (published or updated, as RFC 3339, in Atom)",
    ]


def test_the_table_of_countries_is_of_one_piece() -> None:
    assert tuple(BY_ISO3) == COUNTRIES
    assert {len(TABLE)} == {len(BY_ISO2), len(BY_FIPS), len(BY_GWNO)}
    assert (BY_FIPS["TI"], BY_FIPS["TX"], BY_GWNO["703"], BY_NAME["таджикистан"]) == ("TJK", "TKM", "KGZ", "TJK")


def test_every_adapter_refuses_records_that_are_none() -> None:
    for name, adapter in ADAPTERS.items():
        for media_type in adapter.reads:
            rows: list[Row] = []
            if media_type in (JSON, "application/x-ndjson") and name != "native":
                body = b'{"features":[1],"data":[1],"Result":[1]}'
                rows = read(name, media_type, body if name in ("usgs-earthquakes", "reliefweb", "acled", "ucdp-ged") else b'[["#date"],1]')
                assert refused(rows), (name, media_type)
    assert XLSX in ADAPTERS["native"].reads


@pytest.mark.parametrize(
    ("adapter", "media_type", "path", "kept", "set_aside"), [REAL[0], REAL[3], REAL[5]], ids=["ucdp", "massmob", "usgs"]
)
async def test_r5_a_real_file_through_the_door(
    data: Path, desk: Make, adapter: str, media_type: str, path: str, kept: int, set_aside: int
) -> None:
    feed, body = f"real-{uuid4().hex[:12]}", content(data / path)
    wanted = {"id": feed, "name": adapter, "organization": "unct-tjk", "trust": "medium", "expected_interval_minutes": 60, "country": "TJK"}
    await desk("administrator").post("/feeds", wanted | {"adapter": adapter}, 201)
    team = desk("feed", organization="unct-tjk")
    answer = await team.send(feed, body, media_type)
    assert answer.status_code == 202, answer.text
    receipt = answer.json()
    assert (receipt["received"], receipt["accepted"], receipt["rejected"]) == (kept + set_aside, kept, set_aside)
    refused_rows = (await team.get(f"/submissions/{receipt['id']}/rejections", limit=200))["items"]
    assert all(each["reason"].startswith("Set aside: ") for each in refused_rows)
    assert (refused_rows[0]["line"] is None) == (media_type == GEOJSON)
    assert (await team.send(feed, body, media_type)).json() == receipt


async def test_r5_a_flaw_is_named_by_the_senders_own_column_and_line(desk: Make) -> None:
    feed = f"own-{uuid4().hex[:12]}"
    wanted = {"id": feed, "name": "UCDP", "organization": "unct-tjk", "trust": "medium", "expected_interval_minutes": 60, "country": "TJK"}
    await desk("administrator").post("/feeds", wanted | {"adapter": "ucdp-ged"}, 201)
    head = b"id,type_of_violence,country,country_id,date_start,latitude,longitude\n"
    team = desk("feed", organization="unct-tjk")
    answer = await team.send(feed, head + b"1,1,Tajikistan,702,2020-01-01,91,70\n2,1,Tajikistan,702,soon,,\n", CSV)
    found = (await team.get(f"/submissions/{answer.json()['id']}/rejections"))["items"]
    assert [(each["line"], each["pointer"], each["field"]) for each in found] == [(2, "/latitude", "latitude"), (3, "", "date_start")]
