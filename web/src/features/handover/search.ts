import { HANDOVER_STATES, oneOf } from "../../domain/vocabulary";

export interface HandoverSearch {
  state?: (typeof HANDOVER_STATES)[number] | undefined;
}

export function handoverSearch(search: Record<string, unknown>): HandoverSearch {
  return { state: oneOf(HANDOVER_STATES, search.state) };
}
