import { COUNTRIES, oneOf, THEMES } from "../../domain/vocabulary";

export const CLAIMS = ["mine", "nobody"] as const;

/** The state of the inbox that lives in its address. */
export interface TriageSearch {
  claimed?: (typeof CLAIMS)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: (typeof THEMES)[number] | undefined;
  /** The incident that is worked on. */
  open?: string | undefined;
}

export function triageSearch(search: Record<string, unknown>): TriageSearch {
  return {
    claimed: oneOf(CLAIMS, search.claimed),
    country: oneOf(COUNTRIES, search.country),
    theme: oneOf(THEMES, search.theme),
    open: typeof search.open === "string" ? search.open : undefined,
  };
}
