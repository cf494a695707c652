import { dayOf } from "../../domain/times";
import { MANDATE_STATES, oneOf } from "../../domain/vocabulary";

export interface MandateSearch {
  organization?: string | undefined;
  state?: (typeof MANDATE_STATES)[number] | undefined;
  /** Days, YYYY-MM-DD: the register as it was on the one, as it was known at the end of the other. */
  true_on?: string | undefined;
  known_on?: string | undefined;
}

export function mandateSearch({ organization, state, true_on, known_on }: Record<string, unknown>): MandateSearch {
  return { organization: typeof organization === "string" ? organization : undefined, state: oneOf(MANDATE_STATES, state), true_on: dayOf(true_on), known_on: dayOf(known_on) };
}
