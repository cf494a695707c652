import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "../../api/types";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { Agenda } from "./Agenda";
import { CalendarFilters } from "./CalendarFilters";
import { DayPanel } from "./DayPanel";
import { byDay, dayOf, monthOf } from "./days";
import { useLocalTimes } from "./local-times";
import { MonthGrid } from "./MonthGrid";
import { MonthSwitch } from "./MonthSwitch";
import { useMonth } from "./queries";
import type { CalendarSearch } from "./search";
import { Subscribe } from "./Subscribe";

const route = getRouteApi("/shell/calendar");
const NARROW = "(max-width: 48rem)";

/** Who meets whom when, and what falls due: a month at a glance, or day by day. */
export function CalendarPage() {
  const { t } = useTranslation("calendar");
  const { zone } = useLocalTimes();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const month = search.month ?? monthOf(dayOf(new Date()));
  const { kind, country, theme } = search;
  const entries = useMonth(month, { kind, country, theme });
  useMarkingOf(entries.data);
  const change = (changed: CalendarSearch) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const view = search.view ?? (isNarrow ? "agenda" : "month");
  return (
    <Page title={t("title")} lead={t("lead", { zone })} actions={<Subscribe />}>
      <CalendarFilters search={{ ...search, view }} onChange={change} />
      <MonthSwitch month={month} onChange={(shown) => change({ month: shown, day: undefined })} />
      <Outcome of={entries}>{(found) => (view === "agenda" ? <Agenda month={month} entries={found} /> : <Month month={month} entries={found} day={search.day} onChange={change} />)}</Outcome>
    </Page>
  );
}

interface MonthProps {
  month: string;
  entries: CalendarEntry[];
  day: string | undefined;
  onChange: (changed: CalendarSearch) => void;
}

function Month({ month, entries, day, onChange }: MonthProps) {
  return (
    <>
      <MonthGrid month={month} entries={entries} chosen={day} onMonth={(shown) => onChange({ month: shown, day: undefined })} onDay={(chosen) => onChange({ month, day: chosen })} />
      {day && <DayPanel day={day} entries={byDay(entries, [day]).get(day) ?? []} />}
    </>
  );
}
