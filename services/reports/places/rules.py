"""Where points lie: a country and an area, or undetermined between named countries. Pure decisions over loaded shapes.

The United Nations does not attribute territory by coordinates: what lies in a disputed or enclave zone, or as near to
a border as shapes and coordinates are imprecise, is undetermined between the countries concerned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from anyascii import anyascii
from shapely.geometry.base import BaseGeometry

from contracts.vocabulary import COUNTRIES, REGIONAL_PLACES

# About 2 km: what the boundaries (Natural Earth, 1:10 million) and the coordinates of most sources leave open.
BORDER_DEGREES: Final = 0.02
# About 25 km: events that concern both sides of a border.
PAIR_DEGREES: Final = 0.25
PAIRS: Final = tuple(place for place in REGIONAL_PLACES if len(place) == 7 and place[3] == "-")
Points = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Area(NamedTuple):
    """A first-level administrative unit, by ISO 3166-2. `shapes` name what it is drawn by; units may share one.

    A city that has none is a circle (latitude, longitude, kilometres) within its neighbour.
    """

    code: str
    country: str
    shapes: tuple[str, ...]
    circle: tuple[float, ...]
    pcode: str
    fips: str
    name: str
    name_ru: str
    name_local: str
    aliases: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def keys(self) -> Iterator[str]:
        """Everything it is called, folded; but its FIPS code, since those and P-codes of other areas are the same (UZ03, AF02)."""
        for each in (self.code, self.pcode, self.name, self.name_ru, self.name_local, *self.aliases):
            if each:
                yield fold(each)


class Zone(NamedTuple):
    """An enclave or disputed stretch: a circle in which nothing is attributed to one of its countries."""

    id: str
    name: str
    name_ru: str
    countries: tuple[str, ...]
    latitude: float
    longitude: float
    radius_km: float


class Located(NamedTuple):
    """Where a point lies. `countries` holds one country, or those between which it is undetermined, or none."""

    countries: tuple[str, ...]
    area: str | None = None
    zone: str | None = None
    regions: tuple[str, ...] = ()

    @property
    def country(self) -> str | None:
        """The one country it lies in; None when that is undetermined or it lies outside all of them."""
        return self.countries[0] if len(self.countries) == 1 else None


class Said(NamedTuple):
    """Where a source says something happened."""

    country: str | None
    area: str | None
    latitude: float | None
    longitude: float | None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


def fold(name: str) -> str:
    """A name without case, marks, script and punctuation: «Иссык-Куль» and "Issyk Kul" are one."""
    return "".join(letter for letter in anyascii(name).casefold() if letter.isalnum())


class Shape(NamedTuple):
    """A prepared geometry, found by its bounds first."""

    geometry: BaseGeometry
    bounds: tuple[float, float, float, float]

    @classmethod
    def of(cls, geometry: BaseGeometry) -> "Shape":
        """Prepared for many questions."""
        shapely.prepare(geometry)
        return cls(geometry, geometry.bounds)

    def holds(self, xs: Points, ys: Points) -> Mask:
        """Which points lie in it."""
        west, south, east, north = self.bounds
        inside = (xs >= west) & (xs <= east) & (ys >= south) & (ys <= north)
        if inside.any():
            inside[inside] = shapely.contains_xy(self.geometry, xs[inside], ys[inside])
        return inside


@dataclass(frozen=True)
class Gazetteer:
    """Areas, zones and shapes, ready to be asked."""

    areas: Mapping[str, Area]
    zones: Sequence[Zone]
    area_shapes: Mapping[str, Shape]
    inner: Mapping[str, Shape]
    outer: Mapping[str, Shape]
    wide: Mapping[str, Shape]
    by_key: Mapping[str, Sequence[Area]]
    by_fips: Mapping[str, Area]
    zone_shapes: Sequence[Shape]
    by_shape: Mapping[str, Sequence[Area]]

    def locate(self, latitudes: Sequence[float], longitudes: Sequence[float]) -> list[Located]:
        """Where each point lies."""
        xs, ys = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        inner = {country: shape.holds(xs, ys) for country, shape in self.inner.items()}
        outer = {country: shape.holds(xs, ys) for country, shape in self.outer.items()}
        areas = self._areas(xs, ys)
        pairs = self._pairs(xs, ys)
        zones = self._zones(xs, ys)
        return [self._at(n, inner, outer, areas, zones, pairs) for n in range(len(xs))]

    def _at(self, n: int, *found: Any) -> Located:
        inner, outer, areas, zones, pairs = found
        if (zone := zones.get(n)) is not None:
            return Located(zone.countries, zone=zone.id, regions=tuple(sorted({*pairs.get(n, ()), *_pair_of(zone.countries)})))
        within = [country for country in COUNTRIES if inner[country][n]] or [country for country in COUNTRIES if outer[country][n]]
        area = areas.get(n) if len(within) == 1 else None
        regions = {*pairs.get(n, ()), *(area.regions if area else ())}
        return Located(tuple(within), area.code if area else None, regions=tuple(sorted(regions)))

    def _areas(self, xs: Points, ys: Points) -> dict[int, Area]:
        """The area of each point whose shape stands for one area only."""
        found: dict[int, Area] = {}
        for key, shape in self.area_shapes.items():
            units = self.by_shape.get(key, ())
            if len(units) == 1:
                found.update((int(n), units[0]) for n in np.flatnonzero(shape.holds(xs, ys)))
        return found

    def _pairs(self, xs: Points, ys: Points) -> dict[int, list[str]]:
        wide = {country: shape.holds(xs, ys) for country, shape in self.wide.items()}
        found: dict[int, list[str]] = {}
        for pair in PAIRS:
            for n in np.flatnonzero(wide[pair[:3]] & wide[pair[4:]]):
                found.setdefault(int(n), []).append(pair)
        return found

    def _zones(self, xs: Points, ys: Points) -> dict[int, Zone]:
        shapes = zip(self.zones, self.zone_shapes, strict=True)
        return {int(n): zone for zone, shape in shapes for n in np.flatnonzero(shape.holds(xs, ys))}

    def areas_named(self, name: str, countries: Sequence[str] = COUNTRIES) -> list[Area]:
        """The areas of that name or code in `countries`."""
        return [area for area in self.by_key.get(fold(name), ()) if area.country in countries]

    def place(self, said: "Said", found: Located | None) -> Located:
        """What follows from a source's country, area and coordinates together; its own words go before what a point says."""
        countries = (said.country,) if said.country else found.countries if found else ()
        named = self.areas_named(said.area, countries or COUNTRIES) if said.area else []
        if len(named) == 1:
            area = named[0]
            regions = {*area.regions, *(found.regions if found else ())}
            return Located(countries or (area.country,), area.code, found.zone if found else None, tuple(sorted(regions)))
        if found is None or (said.country and said.country not in found.countries):
            return Located(countries)
        return found._replace(countries=countries)


def _pair_of(countries: Sequence[str]) -> list[str]:
    return [pair for pair in PAIRS if {pair[:3], pair[4:]} <= set(countries)]
