import { COUNTRIES, oneOf, THEMES } from "../../domain/vocabulary";

/** The state of the screen that lives in its address. */
export interface IncidentSearch {
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: (typeof THEMES)[number] | undefined;
  /** Days, YYYY-MM-DD, both included. */
  since?: string | undefined;
  until?: string | undefined;
  graded?: boolean | undefined;
  /** West, south, east, north of what the map shows, once somebody moved it. */
  bbox?: string | undefined;
  /** The incident whose accounts are open. */
  open?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const BBOX = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/;

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}

export function incidentSearch(search: Record<string, unknown>): IncidentSearch {
  return {
    country: oneOf(COUNTRIES, search.country),
    theme: oneOf(THEMES, search.theme),
    since: matching(DAY, search.since),
    until: matching(DAY, search.until),
    graded: typeof search.graded === "boolean" ? search.graded : undefined,
    bbox: matching(BBOX, search.bbox),
    open: typeof search.open === "string" ? search.open : undefined,
  };
}

/** The filters as the API takes them: days become moments, the last day included. */
export function asQuery({ country, theme, since, until, graded }: IncidentSearch) {
  return {
    country,
    theme,
    since: since && `${since}T00:00:00Z`,
    until: until && `${until}T23:59:59Z`,
    graded,
  };
}
