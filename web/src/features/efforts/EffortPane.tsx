import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Effort } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { Pane } from "../../parts/Pane";
import { useMarkingOf } from "../../shell/marking";
import { useCollectedEvidence } from "../incidents/collected-evidence";
import { Grade } from "../incidents/Grade";
import { GradeForm } from "../incidents/GradeForm";
import { useIncident } from "../incidents/queries";
import { usePermission } from "../session/session";
import { EditDialog } from "./EditDialog";
import styles from "./EffortPane.module.css";
import { useEffort, useGrading } from "./queries";

/** One effort: who does what, what it answers to, and what it is worth as evidence. */
export function EffortPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("efforts");
  const effort = useEffort(id);
  useMarkingOf(effort.data && [effort.data]);
  return (
    <Pane label={t("pane")} close={t("close")} onClose={onClose}>
      <Outcome of={effort}>{(data) => <Content effort={data} />}</Outcome>
    </Pane>
  );
}

function Content({ effort }: { effort: Effort }) {
  const may = usePermission();
  const grade = useGrading(effort);
  return (
    <>
      <Heading effort={effort} />
      <div className={styles.columns}>
        <Told effort={effort} />
        {may("gradeEffort") && <GradeForm key={effort.version} of={effort} grade={grade} />}
      </div>
    </>
  );
}

function Told({ effort }: { effort: Effort }) {
  const { t } = useTranslation("efforts");
  return (
    <div>
      <Facts effort={effort} />
      {effort.text && <p className={styles.text}>{effort.text}</p>}
      {effort.incidents.length > 0 && (
        <>
          <h3>{t("answersTo")}</h3>
          <ul className={styles.incidents}>
            {effort.incidents.map((incident) => (
              <li key={incident}>
                <IncidentLink id={incident} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Heading({ effort }: { effort: Effort }) {
  const { t } = useTranslation("efforts");
  const may = usePermission();
  const evidence = useCollectedEvidence();
  const [isEditing, setEditing] = useState(false);
  const { id, reference, title, reliability } = effort;
  const isCollected = evidence.has(id);
  return (
    <div className={styles.heading}>
      <h2>{title}</h2>
      <Group gap="sm" className="no-print">
        <Button size="compact-sm" variant={isCollected ? "default" : "filled"} aria-pressed={isCollected} onClick={() => evidence.toggle({ type: "effort", id, reference, title, isGraded: reliability !== null })}>
          {t(isCollected ? "cited" : "cite")}
        </Button>
        {may("editEffort") && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t("edit.open")}
          </Button>
        )}
      </Group>
      {isEditing && <EditDialog effort={effort} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Facts({ effort }: { effort: Effort }) {
  const { t } = useTranslation("efforts");
  const { word, words } = useWords();
  const { moment } = useTimes();
  const facts = {
    kind: word("effortKind", effort.kind),
    actors: effort.actors.join("; "),
    where: words("country", effort.countries),
    against: words("theme", effort.themes),
    at: moment(effort.occurred_at),
    ...(effort.ends_at ? { until: moment(effort.ends_at) } : {}),
    source: word("organization", effort.source),
  };
  return (
    <>
      <dl className={styles.facts}>
        {Object.entries(facts).map(([name, said]) => (
          <div key={name}>
            <dt>{t(`facts.${name as keyof typeof facts}`)}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.marks}>
        <span className="reference">{effort.reference}</span>
        <Grade reliability={effort.reliability} credibility={effort.credibility} isInWords />
        <LabelMark label={effort.label} />
      </p>
    </>
  );
}

function IncidentLink({ id }: { id: string }) {
  const { data } = useIncident(id);
  return (
    <Link to="/incidents" search={{ open: id }} preload={false}>
      {data?.reference} {data?.title}
    </Link>
  );
}
