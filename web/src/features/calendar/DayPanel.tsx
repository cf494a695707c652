import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { Empty } from "../../parts/Notice";
import { useRowKeys } from "../../parts/row-keys";
import { EntryList } from "./EntryList";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

/** The chosen day in full, below the month; the focus follows there. */
export function DayPanel({ day, entries }: { day: string; entries: readonly CalendarEntry[] }) {
  const { t } = useTranslation("calendar");
  const { day: written } = useLocalTimes();
  const panel = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useRowKeys(panel);
  useEffect(() => title.current?.focus(), [day]);
  return (
    <section ref={panel} aria-labelledby="chosen-day" className={styles.day}>
      <h3 id="chosen-day" ref={title} tabIndex={-1}>
        {written(day)}
      </h3>
      {entries.length === 0 ? <Empty>{t("emptyDay")}</Empty> : <EntryList day={day} entries={entries} />}
    </section>
  );
}
