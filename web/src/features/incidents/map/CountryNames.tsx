import { type Map as MapLibre, Marker } from "maplibre-gl";
import { useEffect } from "react";
import { COUNTRIES } from "../../../domain/vocabulary";
import { useWords } from "../../../domain/words";
import styles from "./IncidentMap.module.css";

/** Where the names stand, clear of the densest places. */
const PLACES: Record<(typeof COUNTRIES)[number], [number, number]> = {
  KAZ: [67.2, 48.6],
  KGZ: [75.4, 41.75],
  TJK: [71.3, 38.25],
  TKM: [58.6, 39.6],
  UZB: [62.6, 42.2],
  AFG: [65.6, 33.6],
};

/** Names as page text: fonts for map labels would have to be fetched from elsewhere. */
export function CountryNames({ map }: { map: MapLibre | undefined }) {
  const { word } = useWords();
  const names = COUNTRIES.map((code) => word("country", code)).join("|");
  useEffect(() => {
    if (!map) return;
    const marks = names.split("|").map((name, index) => {
      const element = document.createElement("span");
      element.className = styles.country ?? "";
      element.textContent = name;
      element.setAttribute("aria-hidden", "true");
      return new Marker({ element }).setLngLat(PLACES[COUNTRIES[index] ?? "KAZ"]).addTo(map);
    });
    return () => marks.forEach((mark) => mark.remove());
  }, [map, names]);
  return null;
}
