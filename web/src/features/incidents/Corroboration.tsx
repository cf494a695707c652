import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { StateWord } from "../../parts/StateWord";

/** Whether more than one source tells of it. */
export function Corroboration({ incident: { corroborated, sources } }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  return corroborated ? <StateWord tone="good">{t("corroborated", { count: sources.length })}</StateWord> : <StateWord tone="care">{t("singleSource")}</StateWord>;
}
