import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useFormer } from "../../../parts/former";
import { Retry } from "../../../parts/Retry";
import { useFacets } from "../queries";
import type { IncidentSearch } from "../search";
import { FacetGroup } from "./FacetGroup";
import { chosenOf, FACETS, toggled } from "./facets";
import styles from "./Facets.module.css";

interface FacetPanelProps {
  search: IncidentSearch;
  onChange: (changed: IncidentSearch) => void;
}

const BESIDE = "(min-width: 75rem)";

/** How many incidents fit, by what their accounts say; a value is a filter. */
export function FacetPanel({ search, onChange }: FacetPanelProps) {
  const { t } = useTranslation("incidents");
  const isBeside = useMediaQuery(BESIDE, true, { getInitialValueInEffect: false });
  const asked = useFacets(search);
  const counted = useFormer(asked.data);
  return (
    <details key={String(isBeside)} className={`${styles.panel} no-print`} open={isBeside} aria-busy={asked.isPlaceholderData}>
      <summary>{t("facets.label")}</summary>
      <Retry of={asked} />
      {counted && (
        <>
          <p className={styles.total} role="status">
            {t("facets.total", { count: counted.total, more: counted.complete ? "" : "+" })}
          </p>
          {!counted.complete && <p className="soft">{t("facets.incomplete")}</p>}
          {FACETS.map((facet) => (
            <FacetGroup key={facet} facet={facet} values={counted.facets[facet] ?? []} chosen={chosenOf(search, facet)} onToggle={(value) => onChange(toggled(search, facet, value))} />
          ))}
        </>
      )}
    </details>
  );
}
