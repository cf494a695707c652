import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { SearchBox } from "../incidents/SearchBox";
import type { EffortSearch } from "./search";

interface EffortFiltersProps {
  search: EffortSearch;
  onChange: (changed: EffortSearch) => void;
}

export function EffortFilters({ search, onChange }: EffortFiltersProps) {
  const { t } = useTranslation("efforts");
  const { word } = useWords();
  const day = (name: "since" | "until") => (
    <TextInput type="date" size="xs" label={t(`filters.${name}`)} value={search[name] ?? ""} onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })} />
  );
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`} onSubmit={(event) => event.preventDefault()}>
      <SearchBox q={search.q} onChange={(q) => onChange({ q })} />
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      <Choice label={t("filters.theme")} any={t("filters.anyTheme")} known={THEMES} value={search.theme} word={(code) => word("theme", code)} onChange={(theme) => onChange({ theme })} />
      {day("since")}
      {day("until")}
    </form>
  );
}
