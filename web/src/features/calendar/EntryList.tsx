import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { endsOn } from "./days";
import { EntryLink } from "./EntryLink";
import { EntryState } from "./EntryState";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

/** The entries of one day in full. */
export function EntryList({ day, entries }: { day: string; entries: readonly CalendarEntry[] }) {
  return (
    <ul className={styles.entries}>
      {entries.map((entry) => (
        <EntryItem key={entry.id} day={day} entry={entry} />
      ))}
    </ul>
  );
}

function EntryItem({ day, entry }: { day: string; entry: CalendarEntry }) {
  const { t } = useTranslation("calendar");
  const { words } = useWords();
  const { hours, there } = useLocalTimes();
  const local = endsOn(entry, day).begins && there(entry);
  return (
    <li className={styles.entry}>
      <div className={styles.hours}>
        <time dateTime={entry.starts_at ?? day}>{hours(entry, day) ?? t("allDay")}</time>
        {local && <div className="soft">{t("there", { time: local, zone: entry.time_zone })}</div>}
      </div>
      <div>
        <EntryLink to={entry} className={entry.state === "cancelled" ? styles.off : undefined}>
          {entry.title}
        </EntryLink>
        <div className="soft">
          <span className="reference">{entry.reference}</span>
          {[entry.place, words("country", entry.countries)].filter(Boolean).map((each) => ` · ${each}`)}
        </div>
        {entry.reason && <div className="soft">{entry.reason}</div>}
      </div>
      <EntryState of={entry} />
      <LabelMark label={entry.label} />
    </li>
  );
}
