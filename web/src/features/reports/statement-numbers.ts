import type { Report } from "../../api/types";

/** The number each statement carries in the text, by its id. */
export type StatementNumbers = ReadonlyMap<string, number>;

export function numbersOf(report: Report): StatementNumbers {
  const ids = report.sections.flatMap((section) => section.statements.map((statement) => statement.id));
  return new Map(ids.map((id, index) => [id, index + 1]));
}
