import { COUNTRIES, oneOf, REPORT_KINDS, REPORT_STATES, THEMES } from "../../domain/vocabulary";

export interface ReportSearch {
  state?: (typeof REPORT_STATES)[number] | undefined;
  kind?: (typeof REPORT_KINDS)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: (typeof THEMES)[number] | undefined;
}

export function reportSearch(search: Record<string, unknown>): ReportSearch {
  return {
    state: oneOf(REPORT_STATES, search.state),
    kind: oneOf(REPORT_KINDS, search.kind),
    country: oneOf(COUNTRIES, search.country),
    theme: oneOf(THEMES, search.theme),
  };
}
