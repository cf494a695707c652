import { Button, CloseButton, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { useMarkingOf } from "../../shell/marking";
import { AnsweringEfforts } from "../efforts/AnsweringEfforts";
import { usePermission } from "../session/session";
import { AccountCard } from "./AccountCard";
import { useCollectedEvidence } from "./collected-evidence";
import { Corroboration } from "./Corroboration";
import { Grade } from "./Grade";
import { GradeForm } from "./GradeForm";
import styles from "./IncidentDetailPane.module.css";
import { useGradeIncident, useIncident } from "./queries";
import { Triage } from "./triage/Triage";
import { Where } from "./Where";

interface IncidentDetailPaneProps {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One incident with every source's account; the focus comes here when it opens and goes back when it closes. */
export function IncidentDetailPane({ id, onOpen, onClose }: IncidentDetailPaneProps) {
  const { t } = useTranslation("incidents");
  const incident = useIncident(id);
  const pane = useRef<HTMLElement>(null);
  useMarkingOf(incident.data && [incident.data, ...incident.data.accounts.map((account) => account.observation)]);
  useEffect(() => {
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    pane.current?.focus({ preventScroll: true });
    return () => opener?.focus();
  }, []);
  const isThere = incident.data !== undefined;
  useEffect(() => {
    if (isThere) pane.current?.scrollIntoView({ block: "start" });
  }, [isThere]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut for the close button
    <section ref={pane} tabIndex={-1} className={styles.pane} aria-label={t("detail.label")} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <CloseButton className={styles.close} aria-label={t("detail.close")} onClick={onClose} />
      <Outcome of={incident}>{(data) => <Content incident={data} onOpen={onOpen} />}</Outcome>
    </section>
  );
}

function Content({ incident, onOpen }: { incident: IncidentDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation("incidents");
  const may = usePermission();
  const grade = useGradeIncident(incident);
  return (
    <>
      <Heading incident={incident} />
      <div className={styles.columns}>
        <div>
          <h3>{t("detail.accounts", { count: incident.accounts.length })}</h3>
          <p className="soft">{t("detail.neverSummed")}</p>
          <div className={styles.accounts}>
            {incident.accounts.map((account) => (
              <AccountCard key={account.observation.id} account={account} />
            ))}
          </div>
          <AnsweringEfforts incident={incident} />
          <Triage incident={incident} onOpen={onOpen} />
        </div>
        {may("gradeIncident") && <GradeForm key={incident.version} of={incident} grade={grade} />}
      </div>
    </>
  );
}

function Heading({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation("incidents");
  const { word, words, place } = useWords();
  const { moment } = useTimes();
  const evidence = useCollectedEvidence();
  const isCollected = evidence.has(incident.id);
  const { id, reference, title } = incident;
  return (
    <div className={styles.heading}>
      <h2>{title}</h2>
      <Group gap="sm" className={styles.facts}>
        <span className="reference">{reference}</span>
        <time dateTime={incident.occurred_at}>{moment(incident.occurred_at)}</time>
        <span>
          <Where of={incident} />
        </span>
        {incident.regions.length > 0 && <span>{incident.regions.map(place).join(", ")}</span>}
        <span>{words("theme", incident.themes)}</span>
        <Corroboration incident={incident} />
        <Grade reliability={incident.reliability} credibility={incident.credibility} isInWords />
        {incident.held_back && (
          <Link to="/triage" search={{ open: id }}>
            {word("heldBack", incident.held_back)}: {t("detail.triage")}
          </Link>
        )}
        <LabelMark label={incident.label} />
        <Button size="compact-sm" variant={isCollected ? "default" : "filled"} aria-pressed={isCollected} onClick={() => evidence.toggle({ type: "incident", id, reference, title, isGraded: incident.graded })}>
          {isCollected ? t("detail.cited") : t("detail.cite")}
        </Button>
      </Group>
    </div>
  );
}
