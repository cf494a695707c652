import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";

export interface LocalTimes {
  /** The reader's time zone. */
  zone: string;
  month: (month: string) => string;
  day: (day: string) => string;
  weekday: (day: string) => string;
  /** From when until when, by the reader's clock. */
  hours: (entry: CalendarEntry) => string;
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
  const clock = (timeZone: string) => format({ hour: "2-digit", minute: "2-digit", timeZone });
  const moment = (timeZone: string) => format({ day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", timeZone });
  const plain = (text: string) => text.replace(/\s?г\.$/u, "");
  return {
    zone,
    month: (month) => plain(format({ month: "long", year: "numeric" }).format(noon(`${month}-01`))),
    day: (day) => plain(format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(noon(day))),
    weekday: (day) => format({ weekday: "short" }).format(noon(day)),
    hours: ({ starts_at, ends_at }) => (starts_at && ends_at ? clock(zone).formatRange(new Date(starts_at), new Date(ends_at)) : ""),
    there: ({ starts_at, time_zone }) => {
      if (!starts_at || !time_zone) return undefined;
      const [here, there] = [zone, time_zone].map((each) => moment(each).format(new Date(starts_at)));
      return here === there ? undefined : there;
    },
  };
}
