import type { Operation, Report } from "../../api/types";
import type { Verb } from "./queries";

interface Step {
  verb: Verb;
  operation: Operation;
  from: readonly Report["state"][];
  /** Authors may not take this step on their own text (R9). */
  isForOthers: boolean;
  asksFor: "comment" | "reason" | undefined;
}

/** The clearance chain as steps, in the order they are offered. */
export const STEPS: readonly Step[] = [
  { verb: "submit", operation: "submitReport", from: ["draft"], isForOthers: false, asksFor: undefined },
  { verb: "review", operation: "reviewReport", from: ["submitted"], isForOthers: true, asksFor: undefined },
  { verb: "clear", operation: "clearReport", from: ["reviewed"], isForOthers: true, asksFor: undefined },
  { verb: "issue", operation: "issueReport", from: ["cleared"], isForOthers: false, asksFor: undefined },
  { verb: "keep", operation: "keepTalks", from: ["draft", "submitted", "reviewed", "cleared"], isForOthers: true, asksFor: "reason" },
  { verb: "return", operation: "returnReport", from: ["submitted", "reviewed", "cleared"], isForOthers: false, asksFor: "comment" },
  { verb: "recall", operation: "recallReport", from: ["issued"], isForOthers: false, asksFor: "reason" },
];

/** A flash needs two people: it may be cleared without a review before, and is reviewed after it was issued (R9). */
const FLASH_FROM: Partial<Record<Verb, readonly Report["state"][]>> = { review: ["submitted", "issued"], clear: ["submitted", "reviewed"] };

/** Whether something rests on talks held after a withdrawal, and the Head has not decided yet that it stays (R3). */
function awaitsKeeping({ sections }: Report): boolean {
  return sections.some(({ statements }) => statements.some(({ flags }) => flags.includes("held-after-withdrawal") && flags.includes("unsupported")));
}

function startsFrom({ verb, from }: Step, report: Report): boolean {
  const { kind, state, review_owed } = report;
  if (verb === "keep" && !awaitsKeeping(report)) return false;
  if (kind !== "flash") return from.includes(state);
  if (verb === "review" && state === "issued") return review_owed;
  return (FLASH_FROM[verb] ?? from).includes(state);
}

/** Whoever writes may ask to clear, to be told why not of own words; the button is for the Head, whose step it is. */
const CLEARS = "head-of-centre";

export function stepsOpenTo(report: Report, may: (operation: Operation) => boolean, roles: readonly string[]): Step[] {
  const open = STEPS.filter((step) => startsFrom(step, report) && may(step.operation));
  return open.filter(({ verb }) => verb !== "clear" || roles.includes(CLEARS));
}

export type { Step };
