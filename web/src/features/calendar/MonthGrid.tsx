import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { byDay, dayOf, dayReachedBy, monthOf, weeksOf } from "./days";
import { DayCell } from "./DayCell";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

interface MonthGridProps {
  month: string;
  entries: readonly CalendarEntry[];
  chosen: string | undefined;
  onMonth: (month: string) => void;
  onDay: (day: string) => void;
}

/** The day of the month that the Tab key reaches, and the keys that walk on from it. */
function useWalk({ month, chosen, onMonth, onDay }: MonthGridProps) {
  const today = dayOf(new Date());
  const first = [chosen, today].find((day) => day !== undefined && monthOf(day) === month) ?? `${month}-01`;
  const [walked, setWalked] = useState<string>();
  const grid = useRef<HTMLTableElement>(null);
  const here = walked !== undefined && monthOf(walked) === month ? walked : first;
  useEffect(() => {
    if (walked !== undefined) grid.current?.querySelector<HTMLElement>(`[data-day="${walked}"]`)?.focus();
  }, [walked, month]);
  const onKeyDown = (event: KeyboardEvent) => {
    const reached = event.ctrlKey || event.metaKey || event.altKey ? undefined : dayReachedBy(event.key, here, today);
    if (event.key === "Enter" && event.target instanceof HTMLTableCellElement) onDay(here);
    if (reached === undefined) return;
    event.preventDefault();
    setWalked(reached);
    if (monthOf(reached) !== month) onMonth(monthOf(reached));
  };
  return { grid, here, today, onKeyDown };
}

/** A month as weeks; arrows walk by day, PageUp and PageDown by month, T leads to today, Enter lists the day. */
export function MonthGrid(props: MonthGridProps) {
  const { t } = useTranslation("calendar");
  const { weekday, month: written } = useLocalTimes();
  const { grid, here, today, onKeyDown } = useWalk(props);
  const weeks = weeksOf(props.month);
  const entries = byDay(props.entries, weeks.flat());
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA practices make a calendar of a table so
    <table ref={grid} role="grid" className={styles.grid} aria-label={written(props.month)} aria-describedby="calendar-keys" onKeyDown={onKeyDown}>
      <caption id="calendar-keys" className="visually-hidden">
        {t("keys")}
      </caption>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day} scope="col">
              {weekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <DayCell key={day} day={day} entries={entries.get(day) ?? []} isOutside={monthOf(day) !== props.month} isToday={day === today} isHere={day === here} isChosen={day === props.chosen} onChoose={() => props.onDay(day)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
