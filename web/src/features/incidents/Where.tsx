import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { useWords } from "../../domain/words";
import { usePlaces } from "./queries";

type Placed = Pick<Incident, "country" | "countries" | "area" | "area_code" | "zone">;

/** The zone or area by its name; an area that no list knows as its source says. */
function useSpot({ zone, area, area_code }: Placed): string | null {
  const { i18n } = useTranslation();
  const places = usePlaces().data;
  const known = zone ? places?.zones.find(({ id }) => id === zone) : places?.areas.find(({ code }) => code === area_code);
  return (i18n.language === "ru" ? known?.name_ru : known?.name) ?? area;
}

/** Where it happened; what lies in a zone is undetermined between countries, and nothing is attributed to one of them. */
export function Where({ of }: { of: Placed }) {
  const { t, i18n } = useTranslation("incidents");
  const { word } = useWords();
  const place = useSpot(of);
  const countries = of.countries.map((code) => word("country", code));
  if (of.country !== null || countries.length < 2) return [countries.join(", "), place].filter(Boolean).join(", ");
  const between = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(countries);
  return place ? t("where.undeterminedAt", { countries: between, place }) : t("where.undetermined", { countries: between });
}
