import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../../domain/words";
import { usePlaces } from "../queries";
import type { Facet } from "./facets";
import styles from "./Facets.module.css";

const FEW = 6;

interface FacetGroupProps {
  facet: Facet;
  values: readonly { value: string; count: number }[];
  chosen: string | undefined;
  onToggle: (value: string) => void;
}

/** One thing that is counted: its values, most first, each a button that filters by it. */
export function FacetGroup({ facet, values, chosen, onToggle }: FacetGroupProps) {
  const { t, i18n } = useTranslation("incidents");
  const say = useValueWord(facet);
  const [isWhole, setWhole] = useState(false);
  if (values.length === 0) return null;
  const shown = isWhole ? values : values.filter(({ value }, index) => index < FEW || value === chosen);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <fieldset className={styles.group}>
      <legend>{t(`facets.${facet}`)}</legend>
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value}>
            <button type="button" aria-pressed={value === chosen} onClick={() => onToggle(value)}>
              <span>{say(value)}</span> <span className={styles.count}>{number.format(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {values.length > FEW && (
        <button type="button" className={styles.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("facets.fewer") : t("facets.all", { count: values.length })}
        </button>
      )}
    </fieldset>
  );
}

/** The word for a value of a facet. */
function useValueWord(facet: Facet): (value: string) => string {
  const { t, i18n } = useTranslation("incidents");
  const { word, place } = useWords();
  const areas = usePlaces().data?.areas;
  return (value) => {
    if (facet === "graded") return t(value === "true" ? "filters.graded_yes" : "filters.graded_no");
    if (facet === "region") return place(value);
    if (facet === "source") return word("organization", value);
    if (facet === "reliability" || facet === "credibility") return `${value} · ${word(facet, value)}`;
    if (facet !== "area") return word(facet, value);
    const known = areas?.find(({ code }) => code === value);
    return (i18n.language === "ru" ? known?.name_ru : known?.name) ?? value;
  };
}
