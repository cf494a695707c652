import { useTranslation } from "react-i18next";
import type { IncidentDetail, TriageDetail } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { Pane } from "../../parts/Pane";
import { useMarkingOf } from "../../shell/marking";
import { Grade } from "../incidents/Grade";
import { GradeForm } from "../incidents/GradeForm";
import { useGradeIncident, useIncident } from "../incidents/queries";
import { Triage } from "../incidents/triage/Triage";
import { Where } from "../incidents/Where";
import { usePermission } from "../session/session";
import { Decisions } from "./Decisions";
import { useTriage } from "./queries";
import { Steps } from "./Steps";
import { TranslatedAccount } from "./TranslatedAccount";
import styles from "./TriagePane.module.css";
import { UrgencyParts } from "./UrgencyParts";

interface TriagePaneProps {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** The incident that is worked on; the focus comes here when it opens and goes back when it closes. */
export function TriagePane({ id, onOpen, onClose }: TriagePaneProps) {
  const { t } = useTranslation("triage");
  const incident = useIncident(id);
  const triage = useTriage(id);
  useMarkingOf(incident.data && [incident.data, ...incident.data.accounts.map((account) => account.observation)]);
  return (
    <Pane label={t("pane")} close={t("close")} onClose={onClose}>
      <Outcome of={incident}>{(data) => <Outcome of={triage}>{(told) => <Work incident={data} triage={told} onOpen={onOpen} />}</Outcome>}</Outcome>
    </Pane>
  );
}

interface WorkProps {
  incident: IncidentDetail;
  triage: TriageDetail;
  onOpen: (id: string) => void;
}

function Work({ incident, triage, onOpen }: WorkProps) {
  const { t } = useTranslation("triage");
  const may = usePermission();
  const grade = useGradeIncident(incident);
  return (
    <>
      <Heading incident={incident} />
      <UrgencyParts of={triage.urgency} />
      <Steps incident={incident} triage={triage} />
      <h3>{t("accounts")}</h3>
      {incident.accounts.map((account) => (
        <TranslatedAccount key={account.observation.id} account={account} translations={triage.translations.filter((each) => each.observation_id === account.observation.id)} />
      ))}
      {may("gradeIncident") && incident.held_back !== "discarded" && <GradeForm key={incident.version} of={incident} grade={grade} />}
      <Triage incident={incident} onOpen={onOpen} />
      <Decisions of={triage.decisions} />
    </>
  );
}

function Heading({ incident }: { incident: IncidentDetail }) {
  const { words } = useWords();
  const { moment } = useTimes();
  return (
    <div className={styles.heading}>
      <h2>{incident.title}</h2>
      <p className={styles.facts}>
        <span className="reference">{incident.reference}</span>
        <time dateTime={incident.occurred_at}>{moment(incident.occurred_at)}</time>
        <span>
          <Where of={incident} />
        </span>
        <span>{words("theme", incident.themes)}</span>
        <Grade reliability={incident.reliability} credibility={incident.credibility} isInWords />
        <LabelMark label={incident.label} />
      </p>
    </div>
  );
}
