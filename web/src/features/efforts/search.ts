import { dayOf } from "../../domain/times";
import { COUNTRIES, oneOf, THEMES } from "../../domain/vocabulary";

export const EFFORT_KINDS = ["mediation", "dialogue", "confidence-building", "early-warning", "border-cooperation", "capacity-building", "relief", "other"] as const;

/** The state of the screen that lives in its address. */
export interface EffortSearch {
  q?: string | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: (typeof THEMES)[number] | undefined;
  /** Days, YYYY-MM-DD, both included. */
  since?: string | undefined;
  until?: string | undefined;
  open?: string | undefined;
}

const MOST = 200;

export function effortSearch({ q, country, theme, since, until, open }: Record<string, unknown>): EffortSearch {
  return {
    q: typeof q === "string" || typeof q === "number" ? String(q).slice(0, MOST) || undefined : undefined,
    country: oneOf(COUNTRIES, country),
    theme: oneOf(THEMES, theme),
    since: dayOf(since),
    until: dayOf(until),
    open: typeof open === "string" ? open : undefined,
  };
}
