// Days as people count them: in the reader's own time zone, weeks from Monday. A day is written 2026-11-24, a month 2026-11.

const DAYS_OF_A_WEEK = 7;

export interface Timed {
  starts_at: string | null;
  ends_at: string | null;
  day: string | null;
}

/** Midday, so that no change of the clocks makes it another day. */
function dateOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function addDays(day: string, days: number): string {
  const date = dateOf(day);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

/** The same day of another month, or its last day where it is shorter. */
export function addMonths(day: string, months: number): string {
  const first = dateOf(`${monthOf(day)}-01`);
  first.setMonth(first.getMonth() + months);
  const target = dayOf(first);
  const last = Number(lastOf(monthOf(target)).slice(8));
  return `${monthOf(target)}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, "0")}`;
}

function lastOf(month: string): string {
  const date = dateOf(`${month}-01`);
  date.setMonth(date.getMonth() + 1, 0);
  return dayOf(date);
}

export function mondayOf(day: string): string {
  return addDays(day, -((dateOf(day).getDay() + 6) % DAYS_OF_A_WEEK));
}

/** The whole weeks that a month touches. */
export function weeksOf(month: string): string[][] {
  const weeks: string[][] = [];
  for (let monday = mondayOf(`${month}-01`); monday <= lastOf(month); monday = addDays(monday, DAYS_OF_A_WEEK)) {
    const begins = monday;
    weeks.push(Array.from({ length: DAYS_OF_A_WEEK }, (_, index) => addDays(begins, index)));
  }
  return weeks;
}

/** The moments between which the weeks of a month lie. */
export function windowOf(month: string): { from: string; until: string } {
  const days = weeksOf(month).flat();
  const midnight = (day: string) => new Date(`${day}T00:00:00`).toISOString();
  return { from: midnight(days[0] ?? month), until: midnight(addDays(days[days.length - 1] ?? month, 1)) };
}

/** The days on which an entry stands; one that ends at midnight does not reach into the next day. */
export function daysOf({ starts_at, ends_at, day }: Timed): string[] {
  if (day !== null) return [day];
  if (starts_at === null || ends_at === null) return [];
  const last = dayOf(new Date(new Date(ends_at).getTime() - 1));
  const days: string[] = [];
  for (let each = dayOf(new Date(starts_at)); each <= last; each = addDays(each, 1)) days.push(each);
  return days;
}

/** Which of its two ends an entry has on a day: of what lasts for days, the first has the beginning and the last the end. */
export function endsOn({ starts_at, ends_at }: Timed, day: string): { begins: Date | undefined; ends: Date | undefined } {
  const begins = starts_at === null ? undefined : new Date(starts_at);
  const ends = ends_at === null ? undefined : new Date(ends_at);
  const isLast = ends !== undefined && dayOf(new Date(ends.getTime() - 1)) === day;
  return { begins: begins && dayOf(begins) === day ? begins : undefined, ends: isLast ? ends : undefined };
}

/** The entries of each day of `days` that has some, in the order they were given. */
export function byDay<T extends Timed>(entries: readonly T[], days: readonly string[]): Map<string, T[]> {
  const found = new Map<string, T[]>(days.map((day) => [day, []]));
  entries.forEach((entry) => daysOf(entry).forEach((day) => found.get(day)?.push(entry)));
  return found;
}

const STEPS: Record<string, (day: string, today: string) => string> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -DAYS_OF_A_WEEK),
  ArrowDown: (day) => addDays(day, DAYS_OF_A_WEEK),
  Home: (day) => mondayOf(day),
  End: (day) => addDays(mondayOf(day), DAYS_OF_A_WEEK - 1),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
  t: (_, today) => today,
  T: (_, today) => today,
};

/** The day to which a key leads from `day`; nothing for any other key. */
export function dayReachedBy(key: string, day: string, today: string): string | undefined {
  return STEPS[key]?.(day, today);
}
