import { type Map as MapLibre, Marker } from "maplibre-gl";
import { useEffect } from "react";
import { useCountryNames } from "./country-names";
import styles from "./IncidentMap.module.css";

/** Names as page text: fonts for map labels would have to be fetched from elsewhere. */
export function CountryNames({ map }: { map: MapLibre | undefined }) {
  const countries = useCountryNames();
  // As text, so that the marks are made anew only when a name changes.
  const names = JSON.stringify(countries);
  useEffect(() => {
    if (!map) return;
    const marks = (JSON.parse(names) as typeof countries).map(({ name, at }) => {
      const element = document.createElement("span");
      element.className = styles.country ?? "";
      element.textContent = name;
      element.setAttribute("aria-hidden", "true");
      return new Marker({ element }).setLngLat(at).addTo(map);
    });
    return () => marks.forEach((mark) => mark.remove());
  }, [map, names]);
  return null;
}
