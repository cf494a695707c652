import { CONTACT_STATES, COUNTRIES, oneOf, PARTY_KINDS, SCREENING_STATES } from "../../domain/vocabulary";

export interface ContactSearch {
  q?: string | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  state?: (typeof CONTACT_STATES)[number] | undefined;
  review_due?: string | undefined;
}

export interface PartySearch {
  q?: string | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  kind?: (typeof PARTY_KINDS)[number] | undefined;
}

export interface ScreeningSearch {
  state?: (typeof SCREENING_STATES)[number] | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What stands behind `q=`; the router reads `q=42` as a number. */
function wordsOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) || undefined : undefined;
}

export function contactSearch(search: Record<string, unknown>): ContactSearch {
  const due = wordsOf(search.review_due);
  return { q: wordsOf(search.q), country: oneOf(COUNTRIES, search.country), state: oneOf(CONTACT_STATES, search.state), review_due: due && DAY.test(due) ? due : undefined };
}

export function partySearch(search: Record<string, unknown>): PartySearch {
  return { q: wordsOf(search.q), country: oneOf(COUNTRIES, search.country), kind: oneOf(PARTY_KINDS, search.kind) };
}

export function screeningSearch(search: Record<string, unknown>): ScreeningSearch {
  return { state: oneOf(SCREENING_STATES, search.state) };
}
