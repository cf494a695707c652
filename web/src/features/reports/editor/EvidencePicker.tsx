import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCollectedEvidence } from "../../incidents/collected-evidence";
import { useIncident } from "../../incidents/queries";
import { cites, toggleCited, type Cited, type DraftStatement } from "./draft";
import styles from "./Editor.module.css";

interface EvidencePickerProps {
  statement: DraftStatement;
  assessed: DraftStatement[];
  onChange: (evidence: Cited[]) => void;
}

interface Offered extends Cited {
  name: ReactNode;
}

const EXCERPT = 90;

/** What may be cited: the collected incidents; by a judgement, the assessed statements of this draft (R8). */
function useOffered({ statement, assessed }: EvidencePickerProps): Offered[] {
  const { t } = useTranslation("reports");
  const { items } = useCollectedEvidence();
  const collected = items.map(({ type, id, reference, title, isGraded }) => ({ type, id, name: `${reference ?? ""} · ${title}${isGraded ? "" : ` (${t("evidence.ungraded")})`}` }));
  const statements = assessed.map(({ key, text }) => ({ type: "statement" as const, id: key, name: `${t("evidence.assessed")} ${text.slice(0, EXCERPT)}` }));
  const offered = statement.kind === "judgement" ? statements : collected;
  const others = statement.evidence.filter((cited) => cited.type !== "statement" && !cites(offered, cited));
  return [...offered, ...others.map((cited) => ({ ...cited, name: <CitedBefore cited={cited} /> }))];
}

/** Evidence that the text cites already, though this person has not collected it. */
function CitedBefore({ cited }: { cited: Cited }) {
  const { t } = useTranslation("reports");
  if (cited.type === "incident") return <IncidentName id={cited.id} />;
  return `${t(cited.type === "statement" ? "evidence.assessed" : `evidence.${cited.type}`)} ${cited.id}`;
}

function IncidentName({ id }: { id: string }) {
  const { t } = useTranslation("reports");
  const { data } = useIncident(id);
  return data ? `${data.reference ?? ""} · ${data.title}` : `${t("evidence.incident")} ${id}`;
}

export function EvidencePicker(props: EvidencePickerProps) {
  const { t } = useTranslation("reports");
  const { statement, onChange } = props;
  const offered = useOffered(props);
  return (
    <fieldset className={styles.evidence}>
      <legend>{t("editor.evidence")}</legend>
      {offered.length === 0 && statement.kind !== "judgement" && (
        <p className={styles.hint}>
          {t("editor.noEvidence")} <Link to="/incidents">{t("editor.toIncidents")}</Link>
        </p>
      )}
      <ul>
        {offered.map((each) => (
          <li key={each.id}>
            <Checkbox size="xs" label={each.name} checked={cites(statement.evidence, each)} onChange={() => onChange(toggleCited(statement.evidence, each))} />
          </li>
        ))}
      </ul>
      {statement.kind === "judgement" && <p className={styles.hint}>{t("editor.judgementHint")}</p>}
    </fieldset>
  );
}
