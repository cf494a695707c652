import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { CALENDAR_KINDS, VIEWS, type CalendarSearch } from "./search";

export function CalendarFilters({ search, onChange }: { search: CalendarSearch; onChange: (changed: CalendarSearch) => void }) {
  const { t } = useTranslation("calendar");
  const { word } = useWords();
  return (
    <form role="search" aria-label={t("filters")} className={`${filters.filters} no-print`}>
      <Choice label={t("view.label")} known={VIEWS} value={search.view} word={(code) => t(`view.${code}`)} onChange={(view) => onChange({ view })} />
      <Choice label={t("kind.label")} any={t("any")} known={CALENDAR_KINDS} value={search.kind} word={(code) => t(`kind.${code}`)} onChange={(kind) => onChange({ kind })} />
      <Choice label={t("country")} any={t("any")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      <Choice label={t("theme")} any={t("any")} known={THEMES} value={search.theme} word={(code) => word("theme", code)} onChange={(theme) => onChange({ theme })} />
    </form>
  );
}
