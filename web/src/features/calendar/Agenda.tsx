import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { Empty } from "../../parts/Notice";
import { useRowKeys } from "../../parts/row-keys";
import { byDay, dayOf, monthOf, weeksOf } from "./days";
import { EntryList } from "./EntryList";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

/** A month day by day; days with nothing are left out. */
export function Agenda({ month, entries }: { month: string; entries: readonly CalendarEntry[] }) {
  const { t } = useTranslation("calendar");
  const { day: written } = useLocalTimes();
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  const days = weeksOf(month).flat().filter((day) => monthOf(day) === month);
  const busy = [...byDay(entries, days)].filter(([, found]) => found.length > 0);
  const today = dayOf(new Date());
  if (busy.length === 0) return <Empty>{t("empty")}</Empty>;
  return (
    <div ref={list}>
      {busy.map(([day, found]) => (
        <section key={day} aria-labelledby={`day-${day}`} className={styles.day}>
          <h3 id={`day-${day}`} aria-current={day === today ? "date" : undefined}>
            {written(day)}
            {day === today && <span className="soft"> · {t("today")}</span>}
          </h3>
          <EntryList day={day} entries={found} />
        </section>
      ))}
    </div>
  );
}
