import type { Concurrence } from "../../api/types";

/** What a concurrence is worth now: lapse is judged by the clock and is no state of its own. */
export type Validity = "in-force" | "ahead" | "lapsed" | "requested" | "declined" | "withdrawn";

export function validityOf({ state, valid_from, valid_until }: Concurrence, now: Date): Validity {
  if (state !== "granted") return state;
  if (new Date(valid_from) > now) return "ahead";
  return new Date(valid_until) <= now ? "lapsed" : "in-force";
}
