import { useTranslation } from "react-i18next";
import type { ClearanceStep, Report } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import styles from "./ClearanceChain.module.css";

const CHAIN = ["drafted", "submitted", "reviewed", "cleared", "issued"] as const;
const REACHED: Record<string, number> = { draft: 1, submitted: 2, reviewed: 3, cleared: 4, issued: 5, recalled: 5 };

/** Who did what to the text and when, and which steps are still to come. */
export function ClearanceChain({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const ahead = CHAIN.slice(REACHED[report.state] ?? 0);
  return (
    <section aria-labelledby="clearance">
      <h2 id="clearance">{t("chain.title")}</h2>
      <ol className={styles.chain}>
        {report.steps.map((step) => (
          <TakenStep key={`${step.step}${step.at}`} step={step} />
        ))}
        {ahead.map((step) => (
          <li key={step} className={styles.step} data-ahead>
            <span className={styles.sign} aria-hidden="true">
              ○
            </span>
            <span className="soft">{t("chain.ahead", { step: word("step", step) })}</span>
          </li>
        ))}
      </ol>
      {report.review_owed && <p className={styles.owed}>▲ {t("chain.reviewOwed")}</p>}
      <p className={styles.hash}>
        {t("chain.hash")} <code>{report.content_hash.slice(0, 16)}</code>
      </p>
    </section>
  );
}

const SIGNS: Record<string, string> = { returned: "↩", recalled: "▲" };

function TakenStep({ step }: { step: ClearanceStep }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const { moment } = useTimes();
  return (
    <li className={styles.step} data-step={step.step} data-voided={step.voided}>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[step.step] ?? "●"}
      </span>
      <div>
        <strong>{word("step", step.step)}</strong> · {step.by}
        <div className="soft">
          <time dateTime={step.at}>{moment(step.at)}</time>
          {step.voided && <> · {t("chain.voided")}</>}
        </div>
        {step.comment && <blockquote className={styles.comment}>{step.comment}</blockquote>}
      </div>
    </li>
  );
}
