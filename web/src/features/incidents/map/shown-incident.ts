import type { Map as MapLibre } from "maplibre-gl";
import { useEffect } from "react";
import type { Incident } from "../../../api/types";
import { setData, SHOWN } from "./style";

/** Rings the incident that the list points at. */
export function useShownIncident(map: MapLibre | undefined, incident: Incident | undefined): void {
  const { longitude, latitude } = incident ?? {};
  useEffect(() => {
    if (!map) return;
    const isPlaced = typeof longitude === "number" && typeof latitude === "number";
    const features = isPlaced ? [{ type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates: [longitude, latitude] } }] : [];
    return setData(map, SHOWN, { type: "FeatureCollection", features });
  }, [map, longitude, latitude]);
}
