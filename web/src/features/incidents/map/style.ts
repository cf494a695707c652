import { useComputedColorScheme } from "@mantine/core";
import type { GeoJSONSource, Map as MapLibre, StyleSpecification } from "maplibre-gl";
import boundaries from "virtual:un-boundaries";
import { COUNTRIES } from "../../../domain/vocabulary";

export interface MapColours {
  sea: string;
  land: string;
  own: string;
  border: string;
  point: string;
  ring: string;
  ink: string;
}

const LIGHT: MapColours = { sea: "#d9e4e9", land: "#efece2", own: "#fffdf8", border: "#8f8c80", point: "#00669e", ring: "#ffffff", ink: "#ffffff" };
const DARK: MapColours = { sea: "#0c1217", land: "#1b2128", own: "#29323b", border: "#6a7580", point: "#4aa6da", ring: "#0c1217", ink: "#08131b" };

export function useMapColours(): MapColours {
  return useComputedColorScheme("light") === "dark" ? DARK : LIGHT;
}

export const POINTS = "incident-points";
export const SHOWN = "shown-incident";
const NOTHING = { type: "FeatureCollection" as const, features: [] };

/** Boundaries, then points; borders of undetermined areas are drawn dashed by the boundaries' own lines. */
export function mapStyle(colours: MapColours): StyleSpecification {
  const own = ["match", ["get", "code"], [...COUNTRIES], colours.own, colours.land];
  const size = ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 7, 5, 16, 20, 30];
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: boundaries.countries },
      lakes: { type: "geojson", data: boundaries.lakes },
      rivers: { type: "geojson", data: boundaries.rivers },
      borders: { type: "geojson", data: { type: "Feature", properties: {}, geometry: boundaries.borders } },
      [POINTS]: { type: "geojson", data: NOTHING },
      [SHOWN]: { type: "geojson", data: NOTHING },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "countries", type: "fill", source: "countries", paint: { "fill-color": own as never } },
      { id: "rivers", type: "line", source: "rivers", paint: { "line-color": colours.sea, "line-width": 1.2 } },
      { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": colours.sea } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.border, "line-width": 1 } },
      {
        id: POINTS,
        type: "circle",
        source: POINTS,
        paint: { "circle-color": colours.point, "circle-opacity": 0.78, "circle-stroke-color": colours.ring, "circle-stroke-width": 1.5, "circle-radius": size as never },
      },
      { id: SHOWN, type: "circle", source: SHOWN, paint: { "circle-color": "transparent", "circle-radius": 13, "circle-stroke-color": "#c8102e", "circle-stroke-width": 3 } },
    ],
  };
}

/** A source's data is kept across changes of style by setting it again whenever the style is there. */
export function setData(map: MapLibre, source: string, data: GeoJSON.GeoJSON): () => void {
  const set = () => void map.getSource<GeoJSONSource>(source)?.setData(data);
  set();
  map.on("styledata", set);
  return () => map.off("styledata", set);
}

