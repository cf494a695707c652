import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { useWords } from "../../domain/words";
import { useZones } from "./queries";

type Placed = Pick<Incident, "country" | "countries" | "area" | "zone">;

/** Where it happened; what lies in a zone is undetermined between countries, and nothing is attributed to one of them. */
export function Where({ of: { country, countries, area, zone } }: { of: Placed }) {
  const { t, i18n } = useTranslation("incidents");
  const { word, words } = useWords();
  const zones = useZones();
  const known = zones.data?.find(({ id }) => id === zone);
  const name = known && (i18n.language === "ru" ? known.name_ru : known.name);
  if (country === null && countries.length > 1) {
    const between = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(countries.map((code) => word("country", code)));
    const place = name ?? area;
    return place ? t("where.undeterminedAt", { countries: between, place }) : t("where.undetermined", { countries: between });
  }
  return [words("country", countries), name ?? area].filter(Boolean).join(", ");
}
