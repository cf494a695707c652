import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES, ENGAGEMENT_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { usePermission } from "../session/session";
import { CONCURRENCES_SHOWN, type LiaisonSearch } from "./search";

interface LiaisonFiltersProps {
  search: LiaisonSearch;
  onChange: (changed: Partial<LiaisonSearch>) => void;
}

/** What narrows both lists; the register can be asked what was true on a day, as known on another (R3). */
export function LiaisonFilters({ search, onChange }: LiaisonFiltersProps) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const may = usePermission();
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      {may("listConcurrences") && (
        <Choice
          label={t("filters.concurrences")}
          any={t("shown.given.choice")}
          known={CONCURRENCES_SHOWN}
          value={search.concurrences}
          word={(code) => t(`shown.${code}.choice`)}
          onChange={(concurrences) => onChange({ concurrences, true_on: undefined, known_on: undefined })}
        />
      )}
      {search.concurrences === "register" && (["true_on", "known_on"] as const).map((name) => <TextInput key={name} type="date" size="xs" label={t(`filters.${name}`)} value={search[name] ?? ""} onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })} />)}
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={ENGAGEMENT_STATES} value={search.state} word={(code) => word("engagementState", code)} onChange={(state) => onChange({ state })} />
    </form>
  );
}
