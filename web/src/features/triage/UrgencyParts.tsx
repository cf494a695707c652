import { useTranslation } from "react-i18next";
import type { InboxItem } from "../../api/types";
import styles from "./TriagePane.module.css";

const PARTS = ["severity", "theme", "place", "single_source", "trust", "age"] as const;

/** Why it is urgent: what adds points, and what takes them away. */
export function UrgencyParts({ of: { score, parts } }: { of: InboxItem["urgency"] }) {
  const { t, i18n } = useTranslation("triage");
  const points = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
  const told = PARTS.map((part) => [part, parts[part] ?? 0] as const).filter(([, worth]) => Math.abs(worth) >= 0.05);
  return (
    <dl className={styles.urgency} aria-label={t("urgency.label")}>
      <div>
        <dt>
          <strong>{t("urgency.label")}</strong>
        </dt>
        <dd>
          <strong>{Math.round(score)}</strong>
        </dd>
      </div>
      {told.map(([part, worth]) => (
        <div key={part}>
          <dt>{t(`urgency.${part}`)}</dt>
          <dd>{points.format(worth)}</dd>
        </div>
      ))}
    </dl>
  );
}
