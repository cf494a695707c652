import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MANDATE_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { useOrganizations } from "../exchange/queries";
import type { MandateSearch } from "./search";

interface MandateFiltersProps {
  search: MandateSearch;
  onChange: (changed: Partial<MandateSearch>) => void;
}

export function MandateFilters({ search, onChange }: MandateFiltersProps) {
  const { t } = useTranslation("mandates");
  const { word } = useWords();
  const organizations = useOrganizations().data?.items ?? [];
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
      <Choice
        label={t("filters.organization")}
        any={t("filters.anyOrganization")}
        known={organizations.map(({ id }) => id)}
        value={search.organization}
        word={(code) => word("organization", code)}
        onChange={(organization) => onChange({ organization })}
      />
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={MANDATE_STATES} value={search.state} word={(code) => word("mandateState", code)} onChange={(state) => onChange({ state })} />
      {(["true_on", "known_on"] as const).map((name) => (
        <TextInput key={name} type="date" size="xs" label={t(`filters.${name}`)} value={search[name] ?? ""} onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })} />
      ))}
    </form>
  );
}
