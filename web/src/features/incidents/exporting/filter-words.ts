import { useTranslation } from "react-i18next";
import { useTimes } from "../../../domain/times";
import { useWords } from "../../../domain/words";
import type { IncidentSearch } from "../search";

/** The filters in words, as they stand on a picture that has left the screen. */
export function useFilterWords({ q, country, area, region, theme, source, since, until, graded, reliability, credibility, held_back }: IncidentSearch): string {
  const { t } = useTranslation("incidents");
  const { word, place } = useWords();
  const { day } = useTimes();
  const told: [string, string | undefined][] = [
    [t("filters.words"), q && `“${q}”`],
    [t("filters.country"), country && word("country", country)],
    [t("facets.area"), area],
    [t("facets.region"), region && place(region)],
    [t("filters.theme"), theme && word("theme", theme)],
    [t("facets.source"), source && word("organization", source)],
    [t("filters.since"), since && day(since)],
    [t("filters.until"), until && day(until)],
    [t("filters.graded"), graded === undefined ? undefined : t(graded ? "filters.graded_yes" : "filters.graded_no")],
    [t("facets.reliability"), reliability],
    [t("facets.credibility"), credibility?.toString()],
    [t("filters.heldBack"), held_back && word("heldBack", held_back)],
  ];
  const said = told.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return said.length > 0 ? said.join("; ") : t("picture.noFilter");
}
