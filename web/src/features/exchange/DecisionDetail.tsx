import { useTranslation } from "react-i18next";
import type { ReleaseDecision } from "../../api/types";
import { useWords } from "../../domain/words";
import { Notice } from "../../parts/Notice";
import { StateWord, type Tone } from "../../parts/StateWord";
import table from "../../parts/Table.module.css";

const TONES: Record<ReleaseDecision["decision"], Tone> = { allow: "good", stripped: "care", refuse: "bad" };
const NOTICES = { allow: "good", stripped: "care", refuse: "bad" } as const;

/** A decision with its rule and clause, whom it reaches, and each section's fate. */
export function DecisionDetail({ decision, recipient }: { decision: ReleaseDecision; recipient: string }) {
  const { t } = useTranslation("exchange");
  const { word, words } = useWords();
  const basis = [decision.rule, decision.clause].filter(Boolean).join(" · ");
  return (
    <>
      <Notice tone={NOTICES[decision.decision]}>
        <strong>{word("decision", decision.decision)}</strong>
        {decision.reason && <p>{decision.reason}</p>}
        {basis && <p className="soft">{t("decision.basis", { basis })}</p>}
      </Notice>
      <p>
        <strong>{t("decision.recipient")}</strong> {recipient}
        <br />
        <strong>{t("decision.reaches")}</strong> {decision.reaches.length > 0 ? words("country", decision.reaches) : t("decision.reachesNobody")}
      </p>
      {decision.needs_head && <Notice tone="care">▲ {t("decision.needsHead")}</Notice>}
      <Sections decision={decision} />
    </>
  );
}

function Sections({ decision }: { decision: ReleaseDecision }) {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  if (decision.sections.length === 0) return null;
  return (
    <table className={table.table}>
      <caption className="visually-hidden">{t("decision.sections")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("decision.section")}</th>
          <th scope="col">{t("decision.outcome")}</th>
          <th scope="col">{t("decision.why")}</th>
        </tr>
      </thead>
      <tbody>
        {decision.sections.map((section) => (
          <tr key={section.title}>
            <th scope="row">{section.title}</th>
            <td>
              <StateWord tone={TONES[section.decision]}>{word("decision", section.decision)}</StateWord>
            </td>
            <td>
              {section.rule && <span className="reference">{section.rule}</span>} {section.reason}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
