import { COUNTRIES, oneOf, THEMES } from "../../domain/vocabulary";

export const VIEWS = ["month", "agenda"] as const;
export const CALENDAR_KINDS = ["engagements", "commitments", "correspondence"] as const;

export interface CalendarSearch {
  view?: (typeof VIEWS)[number] | undefined;
  /** The month shown, as 2026-11; left out, this one. */
  month?: string | undefined;
  /** The day whose entries are listed below the month, as 2026-11-24. */
  day?: string | undefined;
  kind?: (typeof CALENDAR_KINDS)[number] | undefined;
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: (typeof THEMES)[number] | undefined;
}

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;
const DAY = /^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function matching(form: RegExp, value: unknown): string | undefined {
  return typeof value === "string" && form.test(value) ? value : undefined;
}

export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  return {
    view: oneOf(VIEWS, search.view),
    month: matching(MONTH, search.month),
    day: matching(DAY, search.day),
    kind: oneOf(CALENDAR_KINDS, search.kind),
    country: oneOf(COUNTRIES, search.country),
    theme: oneOf(THEMES, search.theme),
  };
}
