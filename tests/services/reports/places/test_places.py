"""Where things happen: countries and areas from points, names and codes; nothing attributed in enclaves and at borders."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from contracts.vocabulary import COUNTRIES, PLACES
from deploy.places import BOUNDARIES
from services.reports.places.adapters.gazetteer import load_gazetteer
from services.reports.places.rules import Located, Said
from tests.services.reports.conftest import Desk

Json = dict[str, Any]
KNOWN = load_gazetteer(BOUNDARIES)
CITIES = {
    "TJ-DU": (38.56, 68.78), "TJ-SU": (39.91, 69.0), "TJ-GB": (37.49, 71.55), "UZ-TK": (41.31, 69.28), "UZ-FA": (40.45, 71.3),
    "KG-GB": (42.87, 74.59), "KG-GO": (40.53, 72.80), "KG-B": (40.05, 70.85), "KZ-75": (43.25, 76.92), "KZ-71": (51.17, 71.43),
    "TM-S": (37.95, 58.38), "TM-M": (37.60, 61.83), "AF-KAB": (34.53, 69.17), "AF-PAN": (35.35, 69.7), "AF-PAR": (35.0, 69.0),
    "AF-DAY": (33.9, 66.2), "AF-URU": (32.8, 65.9), "KZ-79": (42.33, 69.6),
}  # fmt: skip
ENCLAVES = {
    "vorukh": (39.86, 70.58, {"KGZ", "TJK"}), "sokh": (39.96, 71.13, {"KGZ", "UZB"}), "shohimardon": (39.98, 71.80, {"KGZ", "UZB"}),
    "barak": (40.66, 72.77, {"KGZ", "UZB"}), "isfara-border": (40.05, 70.60, {"KGZ", "TJK"}),
}  # fmt: skip


@pytest.mark.parametrize("code", CITIES)
def test_points_in_towns_lie_in_their_country_and_area(code: str) -> None:
    [found] = KNOWN.locate([CITIES[code][0]], [CITIES[code][1]])
    assert (found.area, found.country) == (code, KNOWN.areas[code].country)


@pytest.mark.parametrize("zone", ENCLAVES)
def test_nothing_is_attributed_in_an_enclave(zone: str) -> None:
    latitude, longitude, countries = ENCLAVES[zone]
    [found] = KNOWN.locate([latitude], [longitude])
    assert (found.country, found.area, found.zone, set(found.countries)) == (None, None, zone, countries)
    assert "-".join(sorted(countries)) in found.regions


def test_on_a_border_it_is_undetermined_between_both() -> None:
    shapes = KNOWN.inner["TJK"].geometry.buffer(0.019).boundary
    points = [shapes.interpolate(n / 400, normalized=True) for n in range(400)]
    found = KNOWN.locate([point.y for point in points], [point.x for point in points])
    between = [each for each in found if len(each.countries) > 1]
    assert len(between) > 200
    assert all("TJK" in each.countries and each.country is None and each.area is None for each in between if not each.zone)


def test_outside_the_region_nothing_is_said() -> None:
    assert KNOWN.locate([55.75], [37.62]) == [Located(())]


def test_regions_that_changed_since_the_boundaries_are_not_told_apart() -> None:
    [semey] = KNOWN.locate([50.41], [80.25])
    assert (semey.country, semey.area) == ("KAZ", None)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_gets_an_answer_in_the_words_of_the_vocabulary(latitude: float, longitude: float) -> None:
    [found] = KNOWN.locate([latitude], [longitude])
    assert set(found.countries) <= set(COUNTRIES)
    assert set(found.regions) <= set(PLACES)
    assert found.area is None or KNOWN.areas[found.area].country == found.country


def test_shapes_of_the_real_file_lie_where_we_say(data: Path) -> None:
    """The middle of every unit of the Natural Earth file in the data folder is found in a unit of its country."""
    features = json.loads((data / "boundaries/admin1_ca6_ne10m.geojson").read_text())["features"]
    middles = [shape(each["geometry"]).buffer(0).representative_point() for each in features]
    found = KNOWN.locate([point.y for point in middles], [point.x for point in middles])
    for feature, place in zip(features, found, strict=True):
        assert feature["properties"]["iso3"] in place.countries, feature["properties"]


def test_every_pcode_of_the_real_file_names_one_area(data: Path) -> None:
    with (data / "boundaries/pcodes_ca6_hxl.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Admin Level"] == "1"]
    assert len(rows) == 82
    for row in rows:
        [area] = KNOWN.areas_named(row["P-Code"])
        assert area.country == row["Location"]
        assert area in KNOWN.areas_named(row["Name"], [row["Location"]]), row


@pytest.mark.parametrize(
    ("name", "code"),
    [("Согдийская область", "TJ-SU"), ("TJ-SU", "TJ-SU"), ("3505000", "TJ-SU"), ("Иссык-Кульская область", "KG-Y"), ("issyk kul", "KG-Y"),
     ("Ысык-Көл облусу", "KG-Y"), ("Leninabad", "TJ-SU"), ("کابل", "AF-KAB"), ("Fargʻona viloyati", "UZ-FA")],
)  # fmt: skip
def test_an_area_is_found_by_every_name_it_has(name: str, code: str) -> None:
    assert [area.code for area in KNOWN.areas_named(name)] == [code]


def test_codes_of_fips_are_kept_apart_from_pcodes() -> None:
    assert [area.code for area in KNOWN.areas_named("UZ03")] == ["UZ-AN"]
    assert KNOWN.by_fips["UZ03"].code == "UZ-FA"


def test_no_key_of_one_country_names_two_areas_but_cities_and_their_provinces() -> None:
    shared = {
        key: [area.code for area in areas] for key, areas in KNOWN.by_key.items() if len({area.country for area in areas}) < len(areas)
    }
    assert all({code[:2] for code in codes} <= {"KG", "KZ", "UZ"} for codes in shared.values()), shared


def test_a_sources_own_word_goes_before_what_its_point_says() -> None:
    vorukh = KNOWN.locate([39.86], [70.58])[0]
    assert KNOWN.place(Said("TJK", None, 39.86, 70.58), vorukh).countries == ("TJK",)
    assert KNOWN.place(Said(None, None, 39.86, 70.58), vorukh).countries == ("KGZ", "TJK")
    elsewhere = KNOWN.place(Said("UZB", None, 38.56, 68.78), KNOWN.locate([38.56], [68.78])[0])
    assert (elsewhere.countries, elsewhere.area) == (("UZB",), None)
    assert KNOWN.place(Said(None, "Sughd", None, None), None).countries == ("TJK",)
    assert KNOWN.place(Said("TJK", "Хатлонская область", None, None), None).area == "TJ-KT"


async def test_observations_are_placed_and_found_by_place(tajik_team: Desk, analyst: Desk, row: Callable[..., Json]) -> None:
    placed = row(country=None, latitude=38.56, longitude=68.78)
    enclave = row(country=None, latitude=39.86, longitude=70.58)
    named = {name: value for name, value in row(area="Суғд").items() if name not in ("latitude", "longitude")}
    await tajik_team.deliver("unct-tjk", [placed, enclave, named])
    seen = await analyst.observation_of(placed)
    assert (seen["country"], seen["area_code"], seen["label"]["countries"]) == ("TJK", "TJ-DU", ["TJK"])
    seen = await analyst.observation_of(enclave)
    assert (seen["country"], seen["located"], seen["zone"]) == (None, ["KGZ", "TJK"], "vorukh")
    assert seen["label"]["countries"] == ["KGZ", "TJK"]
    assert (await analyst.observation_of(named))["area_code"] == "TJ-SU"
    for asked, told in ({"area": "TJ-DU"}, placed), ({"country": "KGZ"}, enclave), ({"region": "KGZ-TJK"}, enclave):
        page = await analyst.get("/observations", external_id=told["external_id"], **asked)
        assert len(page["items"]) == 1, asked
    assert not (await analyst.get("/observations", external_id=placed["external_id"], country="KGZ"))["items"]
    incident = await analyst.incident_of(enclave)
    assert (incident["country"], incident["countries"]) == (None, ["KGZ", "TJK"])


async def test_places_over_the_api(analyst: Desk, tajik_team: Desk) -> None:
    found = await tajik_team.get("/places/locate", latitude=39.86, longitude=70.58)
    assert (found["country"], found["countries"], found["zone"]["id"]) == (None, ["KGZ", "TJK"], "vorukh")
    listed = await analyst.get("/places", country="TJK")
    assert {area["code"] for area in listed["areas"]} == {"TJ-DU", "TJ-GB", "TJ-KT", "TJ-RA", "TJ-SU"}
    assert [area["code"] for area in (await analyst.get("/places", name="Суғд"))["areas"]] == ["TJ-SU"]
    await analyst.get("/places/locate", 422, latitude=91, longitude=0)
