import { AttributionControl, type LngLatBoundsLike, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { useCallback, useEffect, useEffectEvent, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { mapStyle, useMapColours } from "./style";

setWorkerUrl(workerUrl);

const REGION: LngLatBoundsLike = [45, 28.5, 88, 56];
const FINEST_RESOLUTION = 7;

/** The H3 resolution whose hexagons are some 20 to 40 pixels wide at a zoom level. */
function resolutionAt(zoom: number): number {
  return Math.max(1, Math.min(FINEST_RESOLUTION, Math.round(zoom / 1.4) + 1));
}

function asBounds(bbox: string | undefined): LngLatBoundsLike {
  return bbox ? (bbox.split(",").map(Number) as [number, number, number, number]) : REGION;
}

function boxOf(map: MapLibre): string {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degrees) => degrees.toFixed(3)).join(",");
}

interface MapWords {
  zoomIn: string;
  zoomOut: string;
}

function build(frame: HTMLElement, bbox: string | undefined, style: ReturnType<typeof mapStyle>, words: MapWords): MapLibre {
  const map = new MapLibre({
    container: frame,
    style,
    bounds: asBounds(bbox),
    minZoom: 1.5,
    maxZoom: 11,
    maxBounds: [20, 10, 115, 70],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl({ compact: false, customAttribution: "UN Geodata" }), "bottom-right");
  return map;
}

interface DrawnMap {
  map: MapLibre | undefined;
  /** Undefined until the map is drawn. */
  resolution: number | undefined;
  /** True where the browser has no WebGL: then the list alone must do. */
  isImpossible: boolean;
  showRegion: () => void;
}

/** A map in `frame`; `onMove` hears of movements by a person, not of the map's own. */
export function useMap(frame: RefObject<HTMLDivElement | null>, bbox: string | undefined, onMove: (bbox: string) => void): DrawnMap {
  const { t } = useTranslation("incidents");
  const [map, setMap] = useState<MapLibre>();
  const [resolution, setResolution] = useState<number>();
  const [isImpossible, setImpossible] = useState(false);
  const colours = useMapColours();
  const moved = useEffectEvent(onMove);
  const first = useEffectEvent(() => frame.current && build(frame.current, bbox, mapStyle(colours), { zoomIn: t("map.zoomIn"), zoomOut: t("map.zoomOut") }));
  const name = t("map.canvas");

  useEffect(() => {
    let built: MapLibre | null = null;
    try {
      built = first();
    } catch {
      setImpossible(true);
    }
    if (!built) return;
    const drawn = built;
    const seen = () => setResolution(resolutionAt(drawn.getZoom()));
    drawn.on("load", () => setMap(drawn));
    seen();
    drawn.on("zoomend", seen);
    drawn.on("moveend", (event) => {
      if (event.originalEvent ?? (event as { byPerson?: boolean }).byPerson) moved(boxOf(drawn));
    });
    return () => {
      setMap(undefined);
      drawn.remove();
    };
  }, []);

  useEffect(() => {
    map?.setStyle(mapStyle(colours), { diff: true });
  }, [map, colours]);
  useEffect(() => {
    map?.getCanvas().setAttribute("aria-label", name);
  }, [map, name]);

  const showRegion = useCallback(() => map?.fitBounds(REGION, { duration: 300 }), [map]);
  return { map, resolution, isImpossible, showRegion };
}
