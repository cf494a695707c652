/** The cell whose activities are listed; places and themes are data and may grow. */
export interface CoverageSearch {
  place?: string | undefined;
  theme?: string | undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function coverageSearch(search: Record<string, unknown>): CoverageSearch {
  return { place: text(search.place), theme: text(search.theme) };
}
