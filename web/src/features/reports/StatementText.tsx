import { useTranslation } from "react-i18next";
import type { Statement } from "../../api/types";
import { useWords } from "../../domain/words";
import { EvidenceLink } from "./EvidenceLink";
import styles from "./ReportText.module.css";
import type { StatementNumbers } from "./statement-numbers";
import { TalkBasis } from "./TalkBasis";

const SYMBOLS: Record<string, string> = { assessed: "■", judgement: "◆", gap: "?" };

export function StatementText({ statement, numbers }: { statement: Statement; numbers: StatementNumbers }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const { likelihood, confidence } = statement;
  return (
    <li className={styles.statement} id={`statement-${statement.id}`} data-kind={statement.kind}>
      <span className={styles.number} aria-hidden="true">
        {numbers.get(statement.id)}
      </span>
      <div>
        <p className={styles.text}>{statement.text}</p>
        <div className={styles.basis}>
          <span className={styles.kind}>
            <span aria-hidden="true">{SYMBOLS[statement.kind]}</span> {word("statementKind", statement.kind)}
          </span>
          {likelihood && <span>{t("statement.likelihood", { likelihood: word("likelihood", likelihood) })}</span>}
          {confidence && <span>{t("statement.confidence", { confidence: word("confidence", confidence) })}</span>}
          {statement.evidence.map((evidence) => (
            <EvidenceLink key={evidence.id} evidence={evidence} meeting={statement.meetings?.[evidence.id]} numbers={numbers} />
          ))}
          {statement.evidence.length === 0 && statement.evidence_count > 0 && <span>{t("statement.evidenceInside", { count: statement.evidence_count })}</span>}
          {statement.flags.map((flag) => (
            <strong key={flag} className={styles.unsupported}>
              ▲ {word("flag", flag)}
            </strong>
          ))}
        </div>
        {statement.talks && statement.talks.length > 0 && <TalkBasis talks={statement.talks} />}
      </div>
    </li>
  );
}
