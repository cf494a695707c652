import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { endsOn } from "./days";
import { EntryLink } from "./EntryLink";
import { EntryState } from "./EntryState";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

const SHOWN = 3;

interface DayCellProps {
  day: string;
  entries: readonly CalendarEntry[];
  isOutside: boolean;
  isToday: boolean;
  isHere: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

/** One day of the month: its first entries, and how many more there are. */
export function DayCell({ day, entries, isOutside, isToday, isHere, isChosen, onChoose }: DayCellProps) {
  const { t } = useTranslation("calendar");
  const { day: written } = useLocalTimes();
  const more = entries.length - SHOWN;
  return (
    <td role="gridcell" data-day={day} data-outside={isOutside || undefined} tabIndex={isHere ? 0 : -1} aria-current={isToday ? "date" : undefined} aria-selected={isChosen} className={styles.cell} onClick={onChoose}>
      <div className={styles.number}>
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <span className="visually-hidden">{written(day)}</span>
        {isToday && <span className={styles.today}>{t("today")}</span>}
      </div>
      {entries.slice(0, SHOWN).map((entry) => (
        <CellEntry key={entry.id} day={day} entry={entry} />
      ))}
      {more > 0 && <div className={`${styles.line} soft`}>{t("more", { count: more })}</div>}
      {entries.length > 0 && <div className={styles.count}>{t("count", { count: entries.length })}</div>}
    </td>
  );
}

function CellEntry({ day, entry }: { day: string; entry: CalendarEntry }) {
  const { clock } = useLocalTimes();
  const { begins } = endsOn(entry, day);
  return (
    <div className={styles.line}>
      <EntryLink to={entry} isPassedBy className={entry.state === "cancelled" ? styles.off : undefined}>
        {begins && <span className={styles.clock}>{clock(begins)} </span>}
        {entry.title}
      </EntryLink>
      <EntryState of={entry} />
    </div>
  );
}
