import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../../api/types";
import { useFormer } from "../../../parts/former";
import { Retry } from "../../../parts/Retry";
import { PictureButton } from "../exporting/PictureButton";
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
  const asked = useIncidentMap(search, resolution);
  const points = useFormer(asked.data);
  usePoints(map, points);
  useShownIncident(map, shown);
  const hadBox = useRef(search.bbox !== undefined);
  useEffect(() => {
    if (hadBox.current && search.bbox === undefined) showRegion();
    hadBox.current = search.bbox !== undefined;
  }, [search.bbox, showRegion]);
  return (
    <figure className={styles.figure}>
      <div ref={frame} className={styles.map} data-testid="incident-map" data-points={points?.features.length} aria-busy={asked.isPlaceholderData}>
        {isImpossible && <p className={styles.impossible}>{t("map.impossible")}</p>}
      </div>
      <CountryNames map={map} />
      <Retry of={asked} />
      <figcaption className={styles.disclaimer}>
        <span>
          {points && !points.complete && <strong>{t("facets.incomplete")} </strong>}
          {t("map.disclaimer")}
        </span>
        {map && points && <PictureButton map={map} points={points} search={search} />}
      </figcaption>
    </figure>
  );
}
