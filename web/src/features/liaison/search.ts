import { COUNTRIES, ENGAGEMENT_STATES, oneOf } from "../../domain/vocabulary";

export interface LiaisonSearch {
  state?: (typeof ENGAGEMENT_STATES)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
}

export function liaisonSearch(search: Record<string, unknown>): LiaisonSearch {
  return { state: oneOf(ENGAGEMENT_STATES, search.state), country: oneOf(COUNTRIES, search.country) };
}
