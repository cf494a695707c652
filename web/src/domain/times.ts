import { useTranslation } from "react-i18next";

export interface Times {
  day: (time: string) => string;
  moment: (time: string) => string;
}

/** Dates as people write them in the chosen language; moments are UTC and say so. */
export function useTimes(): Times {
  const { i18n } = useTranslation();
  const locale = i18n.language === "ru" ? "ru" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const written = (time: string) => day.format(new Date(time)).replace(/\s?г\.$/u, "");
  return {
    day: written,
    moment: (time) => `${written(time)}, ${clock.format(new Date(time))} UTC`,
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day of the address, YYYY-MM-DD; undefined for anything else. */
export function dayOf(value: unknown): string | undefined {
  return typeof value === "string" && DAY.test(value) ? value : undefined;
}

/** The last moment of a day, in UTC: what is asked as of a day is asked as of its end. */
export function endOfDay(day: string | undefined): string | undefined {
  return day ? `${day}T23:59:59Z` : undefined;
}

/** The value of a datetime-local field, read as UTC. */
export function utcOf(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}Z`;
}
