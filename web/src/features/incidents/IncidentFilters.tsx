import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import styles from "../../parts/Filters.module.css";
import { CLEARED, HELD_BACK, ORDERS, type IncidentSearch } from "./search";
import { SearchBox } from "./SearchBox";

interface IncidentFiltersProps {
  search: IncidentSearch;
  onChange: (changed: IncidentSearch) => void;
}

const GRADED = ["yes", "no"] as const;

export function IncidentFilters({ search, onChange }: IncidentFiltersProps) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const graded = search.graded === undefined ? undefined : search.graded ? "yes" : "no";
  return (
    <form role="search" aria-label={t("filters.label")} className={`${styles.filters} ${styles.dense} no-print`} onSubmit={(event) => event.preventDefault()}>
      <SearchBox q={search.q} onChange={(q) => onChange({ q })} />
      {search.q && <Choice label={t("filters.order")} known={ORDERS} value={search.order ?? "newest"} word={(code) => t(`filters.order_${code}`)} onChange={(order) => onChange({ order })} />}
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country, area: undefined })} />
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
      <Choice label={t("filters.heldBack")} any={t("filters.listed")} known={HELD_BACK} value={search.held_back} word={(code) => word("heldBack", code)} onChange={(held_back) => onChange({ held_back })} />
      <Button size="xs" variant="subtle" onClick={() => onChange({ ...CLEARED, open: search.open })}>
        {t("filters.clear")}
      </Button>
    </form>
  );
}

function DayField({ label, day, onChange }: { label: string; day: string | undefined; onChange: (day: string | undefined) => void }) {
  return <TextInput type="date" size="xs" label={label} value={day ?? ""} onChange={(event) => onChange(event.currentTarget.value || undefined)} />;
}
