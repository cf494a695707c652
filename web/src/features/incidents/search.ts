import { COUNTRIES, CREDIBILITIES, oneOf, RELIABILITIES, THEMES } from "../../domain/vocabulary";

export const HELD_BACK = ["waiting", "discarded"] as const;
export const ORDERS = ["newest", "relevance"] as const;

/** The state of the screen that lives in its address. */
export interface IncidentSearch {
  /** Words that are looked for. */
  q?: string | undefined;
  order?: (typeof ORDERS)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  area?: string | undefined;
  region?: string | undefined;
  theme?: (typeof THEMES)[number] | undefined;
  source?: string | undefined;
  /** Days, YYYY-MM-DD, both included. */
  since?: string | undefined;
  until?: string | undefined;
  graded?: boolean | undefined;
  reliability?: (typeof RELIABILITIES)[number] | undefined;
  credibility?: (typeof CREDIBILITIES)[number] | undefined;
  /** Those that are not listed, and why. */
  held_back?: (typeof HELD_BACK)[number] | undefined;
  /** West, south, east, north of what the map shows, once somebody moved it. */
  bbox?: string | undefined;
  /** The incident whose accounts are open. */
  open?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const BBOX = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/;
const AREA = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;
const CODE = /^[\w.-]{1,60}$/;
const WORDS = /^.{1,200}$/u;

function matching(pattern: RegExp, value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && pattern.test(text) ? text : undefined;
}

export function incidentSearch(search: Record<string, unknown>): IncidentSearch {
  return {
    q: matching(WORDS, search.q),
    order: oneOf(ORDERS, search.order),
    country: oneOf(COUNTRIES, search.country),
    area: matching(AREA, search.area),
    region: matching(CODE, search.region),
    theme: oneOf(THEMES, search.theme),
    source: matching(CODE, search.source),
    since: matching(DAY, search.since),
    until: matching(DAY, search.until),
    graded: typeof search.graded === "boolean" ? search.graded : undefined,
    reliability: oneOf(RELIABILITIES, search.reliability),
    credibility: CREDIBILITIES.find((each) => each === search.credibility),
    held_back: oneOf(HELD_BACK, search.held_back),
    bbox: matching(BBOX, search.bbox),
    open: typeof search.open === "string" ? search.open : undefined,
  };
}

/** The filters as list, map, counts and files take them: days become moments, the last day included. */
export function asQuery({ q, country, area, region, theme, source, since, until, graded, reliability, credibility, held_back }: IncidentSearch) {
  return {
    q,
    country,
    area,
    region,
    theme,
    source,
    since: since && `${since}T00:00:00Z`,
    until: until && `${until}T23:59:59Z`,
    graded,
    reliability,
    credibility,
    held_back,
  };
}

/** No filter at all. */
export const CLEARED = incidentSearch({});
