import { type Map as MapLibre, Marker } from "maplibre-gl";
import { useEffect } from "react";
import type { IncidentPoints } from "../queries";
import styles from "./IncidentMap.module.css";
import { POINTS, setData } from "./style";

type Point = IncidentPoints["features"][number];

function countOf({ properties }: Point): number {
  return Number(properties.count);
}

const CLOSER_BY = 2;
/** More counts than these cannot be read, and slow the map down. */
const MOST_COUNTS = 250;

function countMark(map: MapLibre, point: Point): Marker {
  const element = document.createElement("span");
  element.className = styles.count ?? "";
  element.textContent = String(countOf(point));
  element.setAttribute("aria-hidden", "true"); // the list says the same
  return new Marker({ element }).setLngLat(point.geometry.coordinates as [number, number]).addTo(map);
}

/** Draws the points with their counts; a click on one moves closer, and the list follows. */
export function usePoints(map: MapLibre | undefined, points: IncidentPoints | undefined): void {
  useEffect(() => {
    if (!map || !points) return;
    const forget = setData(map, POINTS, points);
    const marks = points.features.filter((point) => countOf(point) > 1).slice(0, MOST_COUNTS).map((point) => countMark(map, point));
    return () => {
      forget();
      marks.forEach((mark) => mark.remove());
    };
  }, [map, points]);

  useEffect(() => {
    if (!map) return;
    const closer = map.on("click", POINTS, ({ lngLat }) => {
      map.easeTo({ center: lngLat, zoom: map.getZoom() + CLOSER_BY, duration: 300 }, { byPerson: true });
    });
    const hand = map.on("mouseenter", POINTS, () => (map.getCanvas().style.cursor = "pointer"));
    const noHand = map.on("mouseleave", POINTS, () => (map.getCanvas().style.cursor = ""));
    return () => [closer, hand, noHand].forEach((each) => each.unsubscribe());
  }, [map]);
}
