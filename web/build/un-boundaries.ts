// Serves `virtual:un-boundaries`: the United Nations boundaries around Central Asia, taken at build time from the
// topology that plotly.js carries (UN Geodata), reduced to what the map draws. Nothing is copied by hand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import type { Feature, FeatureCollection, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";

type Layers = Record<"countries" | "lakes" | "rivers", GeometryCollection>;

const PUBLIC_ID = "virtual:un-boundaries";
const RESOLVED_ID = `\0${PUBLIC_ID}`;
const WINDOW = { west: 38, south: 22, east: 98, north: 62 };

function readTopology(): Topology<Layers> {
  const path = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-geo-assets.js");
  const module = { exports: {} as { topojson: { world_50m: Topology<Layers> } } };
  runInNewContext(readFileSync(path, "utf8"), { module, window: {}, self: {} });
  return module.exports.topojson.world_50m;
}

function positions(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) return [];
  return typeof coordinates[0] === "number" ? [coordinates as Position] : coordinates.flatMap(positions);
}

function isInWindow({ geometry }: Feature): boolean {
  if (!("coordinates" in geometry)) return false;
  return positions(geometry.coordinates).some(
    ([longitude = 0, latitude = 0]) =>
      longitude >= WINDOW.west && longitude <= WINDOW.east && latitude >= WINDOW.south && latitude <= WINDOW.north,
  );
}

function layer(topology: Topology<Layers>, name: keyof Layers): FeatureCollection {
  const { features } = feature(topology, topology.objects[name]);
  const kept = features.filter(isInWindow).map((each) => ({
    type: "Feature" as const,
    properties: { code: String(each.id ?? "") },
    geometry: each.geometry,
  }));
  return { type: "FeatureCollection", features: kept };
}

function boundaries(): string {
  const topology = readTopology();
  const land = mesh(topology, topology.objects.countries, (one, other) => one !== other);
  const drawn = { countries: layer(topology, "countries"), lakes: layer(topology, "lakes"), rivers: layer(topology, "rivers"), borders: land };
  const rounded = JSON.stringify(drawn, (_key, value: unknown) => (typeof value === "number" ? Number(value.toFixed(3)) : value));
  return `export default JSON.parse(${JSON.stringify(rounded)});`;
}

export function unBoundaries(): Plugin {
  return {
    name: "un-boundaries",
    resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
    load: (id) => (id === RESOLVED_ID ? boundaries() : undefined),
  };
}
