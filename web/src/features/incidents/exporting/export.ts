import { fetched, keepFile } from "../../../api/files";
import type { Label } from "../../../api/types";
import { asQuery, type IncidentSearch } from "../search";

export const FORMATS = ["geojson", "csv", "hxl"] as const;
export type Format = (typeof FORMATS)[number];

const SUFFIXES: Record<Format, string> = { geojson: "geojson", csv: "csv", hxl: "hxl.csv" };

function addressOf(search: IncidentSearch, format: Format, language: string): string {
  const asked = { ...asQuery(search), bbox: search.bbox, format, locale: language === "ru" ? "ru" : "en" };
  const told = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `/v1/incidents/export?${new URLSearchParams(told).toString()}`;
}

/** Keeps what fits as a file, marked by the strictest in it. */
export async function exportFile(search: IncidentSearch, format: Format, language: string): Promise<void> {
  const response = await fetched(addressOf(search, format, language));
  keepFile(await response.blob(), `incidents.${SUFFIXES[format]}`);
}

/** How a picture of what fits is marked: as a file of it would be. The service reads all of it for that, and keeps on record who took it. */
export async function markingOf(search: IncidentSearch, language: string): Promise<Label | null> {
  const stop = new AbortController();
  const response = await fetched(addressOf({ ...search, bbox: undefined }, "geojson", language), stop.signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let head = "";
  // The members before the features stand on a line of their own.
  for (let part = await reader?.read(); part && !part.done && !head.includes("\n"); part = await reader?.read()) head += part.value;
  stop.abort();
  const line = head.split("\n", 1)[0] ?? "";
  return (JSON.parse(`${line}]}`) as { label: Label | null }).label;
}
