import { incidentSearch, type IncidentSearch } from "../search";

/** What is counted, in the order it is shown; each is a filter of that name. */
export const FACETS = ["country", "area", "region", "theme", "source", "graded", "reliability", "credibility"] as const;

export type Facet = (typeof FACETS)[number];

/** The value that is filtered by, as it is counted: as text. */
export function chosenOf(search: IncidentSearch, facet: Facet): string | undefined {
  const value = search[facet];
  return value === undefined ? undefined : String(value);
}

function valueOf(facet: Facet, text: string): string | number | boolean {
  if (facet === "graded") return text === "true";
  return facet === "credibility" ? Number(text) : text;
}

/** The filter with `text` chosen, or let go where it was. What the address cannot hold is no filter. */
export function toggled(search: IncidentSearch, facet: Facet, text: string): IncidentSearch {
  const value = chosenOf(search, facet) === text ? undefined : valueOf(facet, text);
  return { [facet]: incidentSearch({ [facet]: value })[facet] };
}
