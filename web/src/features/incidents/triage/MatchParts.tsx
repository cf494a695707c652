import { useTranslation } from "react-i18next";

const KNOWN = ["time", "place", "themes", "figures", "words"] as const;

const percent = (value: number) => Math.round(value * 100);

/** How well two accounts fit, as a whole and part by part. */
export function MatchParts({ match: { score, parts } }: { match: { score: number; parts: Record<string, number> } }) {
  const { t } = useTranslation("incidents");
  const said = KNOWN.flatMap((part) => {
    const value = parts[part];
    return value === undefined ? [] : [t(`match.${part}`, { percent: percent(value) })];
  });
  return (
    <>
      {t("match.score", { percent: percent(score) })} ({said.join(", ")})
    </>
  );
}
