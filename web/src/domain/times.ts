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

/** The value of a datetime-local field, read as UTC. */
export function utcOf(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}Z`;
}
