import { FACETS, oneOf } from "../../domain/vocabulary";

export interface FreshnessSearch {
  facet?: (typeof FACETS)[number] | undefined;
}

export function freshnessSearch(search: Record<string, unknown>): FreshnessSearch {
  return { facet: oneOf(FACETS, search.facet) };
}
