import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import styles from "../../parts/Filters.module.css";
import type { IncidentSearch } from "./search";

interface IncidentFiltersProps {
  search: IncidentSearch;
  onChange: (changed: Partial<IncidentSearch>) => void;
}

const GRADED = ["yes", "no"] as const;
const CLEARED: IncidentSearch = { country: undefined, theme: undefined, since: undefined, until: undefined, graded: undefined, bbox: undefined };

export function IncidentFilters({ search, onChange }: IncidentFiltersProps) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const graded = search.graded === undefined ? undefined : search.graded ? "yes" : "no";
  return (
    <form role="search" aria-label={t("filters.label")} className={`${styles.filters} no-print`} onSubmit={(event) => event.preventDefault()}>
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      <Choice label={t("filters.theme")} any={t("filters.anyTheme")} known={THEMES} value={search.theme} word={(code) => word("theme", code)} onChange={(theme) => onChange({ theme })} />
      <DayField label={t("filters.since")} day={search.since} onChange={(since) => onChange({ since })} />
      <DayField label={t("filters.until")} day={search.until} onChange={(until) => onChange({ until })} />
      <Choice
        label={t("filters.graded")}
        any={t("filters.anyGrade")}
        known={GRADED}
        value={graded}
        word={(code) => t(`filters.graded_${code}`)}
        onChange={(code) => onChange({ graded: code && code === "yes" })}
      />
      <Button size="xs" variant="subtle" onClick={() => onChange(CLEARED)}>
        {t("filters.clear")}
      </Button>
    </form>
  );
}

function DayField({ label, day, onChange }: { label: string; day: string | undefined; onChange: (day: string | undefined) => void }) {
  return <TextInput type="date" size="xs" label={label} value={day ?? ""} onChange={(event) => onChange(event.currentTarget.value || undefined)} />;
}
