import { dayOf } from "../../domain/times";
import { COUNTRIES, ENGAGEMENT_STATES, oneOf } from "../../domain/vocabulary";

/** What of the concurrences is shown: left out, who may be met. */
export const CONCURRENCES_SHOWN = ["soon", "requested", "register"] as const;

export interface LiaisonSearch {
  state?: (typeof ENGAGEMENT_STATES)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  concurrences?: (typeof CONCURRENCES_SHOWN)[number] | undefined;
  /** Days, YYYY-MM-DD: the register as it was on the one, as it was known at the end of the other. */
  true_on?: string | undefined;
  known_on?: string | undefined;
}

export function liaisonSearch({ state, country, concurrences, true_on, known_on }: Record<string, unknown>): LiaisonSearch {
  return { state: oneOf(ENGAGEMENT_STATES, state), country: oneOf(COUNTRIES, country), concurrences: oneOf(CONCURRENCES_SHOWN, concurrences), true_on: dayOf(true_on), known_on: dayOf(known_on) };
}

export const COMMITMENT_STANDINGS = ["overdue", "due", "open", "met", "cancelled"] as const;

export interface CommitmentSearch {
  standing?: (typeof COMMITMENT_STANDINGS)[number] | undefined;
}

export function commitmentSearch(search: Record<string, unknown>): CommitmentSearch {
  return { standing: oneOf(COMMITMENT_STANDINGS, search.standing) };
}
