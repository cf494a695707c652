import type { SavedSearch } from "../../../api/types";
import { asQuery, incidentSearch, type IncidentSearch } from "../search";

type Filters = SavedSearch["filters"];

/** The filters of the screen as they are kept: what is open and how the list is ordered belong to the moment. */
export function asFilters(search: IncidentSearch): Filters {
  return { ...asQuery({ ...search, held_back: undefined }), bbox: search.bbox };
}

/** The screen's address for filters that were kept. */
export function asSearch(filters: Filters): IncidentSearch {
  return incidentSearch({ ...filters, since: filters.since?.slice(0, 10), until: filters.until?.slice(0, 10) });
}

/** Whether there is anything to keep. */
export function isNarrowed(search: IncidentSearch): boolean {
  return Object.values({ ...asQuery(search), bbox: search.bbox }).some((value) => value !== undefined);
}
