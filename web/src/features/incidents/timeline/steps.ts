/** How wide a step is; weeks begin on Monday, all in UTC. */
export type Bucket = "day" | "week" | "month";

export interface Step {
  /** YYYY-MM-DD */
  begins: string;
  count: number;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 93;
const MOST_WEEKS = 731;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

function after(day: string, bucket: Bucket): string {
  const date = new Date(timeOf(day));
  if (bucket === "month") return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  return dayOf(timeOf(day) + (bucket === "week" ? 7 : 1) * DAY_MS);
}

/** Days for up to three months, weeks for up to two years, else months. */
export function bucketOver(months: readonly { begins: string }[]): Bucket {
  const [first, last] = [months.at(0), months.at(-1)];
  if (!first || !last) return "month";
  const days = (timeOf(after(last.begins.slice(0, 10), "month")) - timeOf(first.begins.slice(0, 10))) / DAY_MS;
  return days <= MOST_DAYS ? "day" : days <= MOST_WEEKS ? "week" : "month";
}

/** Every step from the first to the last, also those in which nothing occurred. */
export function axisOf(counted: readonly { begins: string; count: number }[], bucket: Bucket): Step[] {
  const counts = new Map(counted.map(({ begins, count }) => [begins.slice(0, 10), count]));
  const last = counted.at(-1)?.begins.slice(0, 10);
  const axis: Step[] = [];
  for (let day = counted.at(0)?.begins.slice(0, 10); day !== undefined && last !== undefined && day <= last; day = after(day, bucket)) axis.push({ begins: day, count: counts.get(day) ?? 0 });
  return axis;
}

/** The last day of a step. */
export function endOf({ begins }: Step, bucket: Bucket): string {
  return dayOf(timeOf(after(begins, bucket)) - DAY_MS);
}

/** First and last step that is chosen, as places on the axis. */
export type Span = readonly [number, number];

/** Where days lie on the axis; what lies outside is at its end. */
export function spanOf(axis: readonly Step[], since: string | undefined, until: string | undefined): Span {
  const holding = (day: string) => Math.max(0, axis.findLastIndex(({ begins }) => begins <= day));
  return [since === undefined ? 0 : holding(since), until === undefined ? axis.length - 1 : holding(until)];
}

/** The days of a span; the whole axis is no filter. */
export function daysOf(axis: readonly Step[], [first, last]: Span, bucket: Bucket): { since: string | undefined; until: string | undefined } {
  const [begin, end] = [axis[first], axis[last]];
  return { since: first > 0 ? begin?.begins : undefined, until: end && last < axis.length - 1 ? endOf(end, bucket) : undefined };
}

/** A span with one of its ends moved; an end never passes the other. */
export function moved([first, last]: Span, end: "first" | "last", to: number, length: number): Span {
  return end === "first" ? [Math.min(Math.max(0, to), last), last] : [first, Math.max(Math.min(length - 1, to), first)];
}
