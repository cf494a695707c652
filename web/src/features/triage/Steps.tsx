import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail, TriageDetail } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { StateWord } from "../../parts/StateWord";
import { usePermission, useSession } from "../session/session";
import { Holder } from "./InboxRow";
import { useClaim, useDecision } from "./queries";
import styles from "./TriagePane.module.css";

interface StepsProps {
  incident: IncidentDetail;
  triage: TriageDetail;
}

/** Who works on it, and what can be done: take it on, let go, discard, restore. */
export function Steps({ incident, triage }: StepsProps) {
  const { t } = useTranslation("triage");
  const { word } = useWords();
  const may = usePermission();
  const [asked, setAsked] = useState<"discard" | "restore" | undefined>(undefined);
  const isDiscarded = triage.held_back === "discarded";
  const hasDiscarded = incident.accounts.some(({ observation }) => observation.held_back === "discarded");
  return (
    <div className={`${styles.steps} no-print`}>
      {triage.held_back && <StateWord tone="care">{word("heldBack", triage.held_back)}</StateWord>}
      <ClaimStep triage={triage} isOpen={!isDiscarded} />
      {may("discardIncident") && !isDiscarded && (
        <Button size="compact-sm" variant="default" onClick={() => setAsked("discard")}>
          {t("discard.do")}
        </Button>
      )}
      {may("restoreIncident") && hasDiscarded && (
        <Button size="compact-sm" variant="default" onClick={() => setAsked("restore")}>
          {t("restore.do")}
        </Button>
      )}
      {asked && <DecisionDialog key={asked} incident={incident} verb={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function ClaimStep({ triage, isOpen }: { triage: TriageDetail; isOpen: boolean }) {
  const { t } = useTranslation("triage");
  const may = usePermission();
  const { client_id, roles } = useSession();
  const claim = useClaim(triage.id, "claim");
  const release = useClaim(triage.id, "release");
  const isFree = triage.claimed_by === null;
  const mayRelease = may("releaseIncident") && (triage.claimed_by === client_id || roles.includes("head-of-centre"));
  return (
    <>
      <Holder by={triage.claimed_by} />
      {isFree && isOpen && may("claimIncident") && (
        <Button size="compact-sm" loading={claim.isPending} onClick={() => claim.mutate()}>
          {t("claim.take")}
        </Button>
      )}
      {!isFree && mayRelease && (
        <Button size="compact-sm" variant="default" loading={release.isPending} onClick={() => release.mutate()}>
          {t("claim.release")}
        </Button>
      )}
      {[claim.error, release.error].map((error, index) => error && <ProblemNotice key={index} error={error} />)}
    </>
  );
}

function DecisionDialog({ incident: { id, version, title }, verb, onClose }: { incident: IncidentDetail; verb: "discard" | "restore"; onClose: () => void }) {
  const { t } = useTranslation("triage");
  const decide = useDecision(id, version, verb);
  return (
    <ConfirmDialog title={t(`${verb}.title`, { title })} confirm={t(`${verb}.do`)} reason={t(`${verb}.reason`)} isDangerous={verb === "discard"} isPending={decide.isPending} error={decide.error} onConfirm={(reason) => decide.mutate(reason, { onSuccess: onClose })} onClose={onClose}>
      <p>{t(`${verb}.detail`)}</p>
    </ConfirmDialog>
  );
}
