import { COUNTRIES, ENGAGEMENT_STATES, oneOf } from "../../domain/vocabulary";

export interface LiaisonSearch {
  state?: (typeof ENGAGEMENT_STATES)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
}

export function liaisonSearch(search: Record<string, unknown>): LiaisonSearch {
  return { state: oneOf(ENGAGEMENT_STATES, search.state), country: oneOf(COUNTRIES, search.country) };
}

export const COMMITMENT_STANDINGS = ["overdue", "due", "open", "met", "cancelled"] as const;

export interface CommitmentSearch {
  standing?: (typeof COMMITMENT_STANDINGS)[number] | undefined;
}

export function commitmentSearch(search: Record<string, unknown>): CommitmentSearch {
  return { standing: oneOf(COMMITMENT_STANDINGS, search.standing) };
}
