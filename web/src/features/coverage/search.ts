import { oneOf, THEMES } from "../../domain/vocabulary";

export interface CoverageSearch {
  /** The cell whose activities are listed. */
  place?: string | undefined;
  theme?: (typeof THEMES)[number] | undefined;
}

export function coverageSearch(search: Record<string, unknown>): CoverageSearch {
  return { place: typeof search.place === "string" ? search.place : undefined, theme: oneOf(THEMES, search.theme) };
}
