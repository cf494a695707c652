import { useTranslation } from "react-i18next";
import type { TriageDetail } from "../../api/types";
import { useTimes } from "../../domain/times";
import styles from "./TriagePane.module.css";

/** What people decided of it before, newest first. */
export function Decisions({ of }: { of: TriageDetail["decisions"] }) {
  const { t } = useTranslation("triage");
  const { moment } = useTimes();
  if (of.length === 0) return null;
  return (
    <section aria-label={t("decisions.label")}>
      <h3>{t("decisions.label")}</h3>
      <ol className={styles.decisions}>
        {of.map((decision) => (
          <li key={decision.id}>
            <strong>{t(`decisions.${decision.kind}`)}</strong> <span className="soft">{t("decisions.by", { who: decision.decided_by, moment: moment(decision.created_at), reason: decision.reason })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
