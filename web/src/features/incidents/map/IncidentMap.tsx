import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api/types";
import { useIncidentMap } from "../queries";
import type { IncidentSearch } from "../search";
import { CountryNames } from "./CountryNames";
import styles from "./IncidentMap.module.css";
import { useMap } from "./map";
import { usePoints } from "./points";
import { useShownIncident } from "./shown-incident";

interface IncidentMapProps {
  search: IncidentSearch;
  /** The incident pointed at in the list, or open. */
  shown: Incident | undefined;
  onMove: (bbox: string) => void;
}

/** The incidents by place, gathered in hexagons; the list beside it holds the same and more. */
export function IncidentMap({ search, shown, onMove }: IncidentMapProps) {
  const { t } = useTranslation("incidents");
  const frame = useRef<HTMLDivElement>(null);
  const { map, resolution, isImpossible, showRegion } = useMap(frame, search.bbox, onMove);
  const points = useIncidentMap(search, resolution);
  usePoints(map, points.data);
  useShownIncident(map, shown);
  const hadBox = useRef(search.bbox !== undefined);
  useEffect(() => {
    if (hadBox.current && search.bbox === undefined) showRegion();
    hadBox.current = search.bbox !== undefined;
  }, [search.bbox, showRegion]);
  return (
    <figure className={styles.figure}>
      <div ref={frame} className={styles.map} data-testid="incident-map" data-points={points.data?.features.length}>
        {isImpossible && <p className={styles.impossible}>{t("map.impossible")}</p>}
      </div>
      <CountryNames map={map} />
      <figcaption className={styles.disclaimer}>
        {search.graded !== undefined && <strong>{t("map.gradeNote")} </strong>}
        {t("map.disclaimer")}
      </figcaption>
    </figure>
  );
}
