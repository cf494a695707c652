import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { endsOn } from "./days";

export interface LocalTimes {
  /** The reader's time zone. */
  zone: string;
  month: (month: string) => string;
  day: (day: string) => string;
  weekday: (day: string) => string;
  /** From when until when on a day, by the reader's clock; nothing when it takes the whole day. */
  hours: (entry: CalendarEntry, day: string) => string | undefined;
  clock: (time: Date) => string;
  /** When it begins where it takes place, if the clocks differ there. */
  there: (entry: CalendarEntry) => string | undefined;
}

const noon = (day: string) => new Date(`${day}T12:00:00`);

/** Times by the reader's own clock: a calendar is lived by, not filed. */
export function useLocalTimes(): LocalTimes {
  const { i18n } = useTranslation();
  const locale = i18n.language === "ru" ? "ru" : "en-GB";
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const hour = { hour: "2-digit", minute: "2-digit" } as const;
  const clock = (time: Date) => format(hour).format(time);
  const dated = (timeZone: string) => format({ day: "numeric", month: "short", timeZone });
  const plain = (text: string) => text.replace(/\s?г\.$/u, "");
  return {
    zone,
    month: (month) => plain(format({ month: "long", year: "numeric" }).format(noon(`${month}-01`))),
    day: (day) => plain(format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(noon(day))),
    weekday: (day) => format({ weekday: "short" }).format(noon(day)),
    clock,
    hours: (entry, day) => {
      const { begins, ends } = endsOn(entry, day);
      if (begins && ends) return `${clock(begins)}–${clock(ends)}`;
      return begins ? `${clock(begins)} →` : ends && `→ ${clock(ends)}`;
    },
    there: ({ starts_at, time_zone }) => {
      if (!starts_at || !time_zone) return undefined;
      const begins = new Date(starts_at);
      const there = format({ ...hour, timeZone: time_zone }).format(begins);
      const isSameDay = dated(zone).format(begins) === dated(time_zone).format(begins);
      if (isSameDay) return there === clock(begins) ? undefined : there;
      return `${dated(time_zone).format(begins)}, ${there}`;
    },
  };
}
