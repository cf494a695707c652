import { oneOf, PACKAGE_STATES } from "../../domain/vocabulary";

export interface ExchangeSearch {
  recipient?: string | undefined;
  state?: (typeof PACKAGE_STATES)[number] | undefined;
}

export function exchangeSearch(search: Record<string, unknown>): ExchangeSearch {
  return { recipient: typeof search.recipient === "string" ? search.recipient : undefined, state: oneOf(PACKAGE_STATES, search.state) };
}
