import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Notice } from "../../parts/Notice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { usePermission } from "../session/session";
import styles from "./Inbox.module.css";
import { useSeveral } from "./queries";

const MOST = 200;

interface SeveralBarProps {
  chosen: string[];
  onDone: () => void;
}

/** What can be done to several at once, and what came of each that was refused. */
export function SeveralBar({ chosen, onDone }: SeveralBarProps) {
  const { t } = useTranslation("triage");
  const [isDiscarding, setDiscarding] = useState(false);
  const { claim, discard } = useSeveral();
  const incidents = chosen.slice(0, MOST);
  const close = () => setDiscarding(false);
  const done = () => {
    close();
    onDone();
  };
  const refused = [claim.data, discard.data].flatMap((answer) => answer?.items ?? []).filter((item) => !item.done);
  return (
    <>
      {chosen.length > 0 && <Chosen chosen={incidents} isClaiming={claim.isPending} onClaim={() => claim.mutate(incidents, { onSuccess: onDone })} onDiscard={() => setDiscarding(true)} onDone={onDone} />}
      {claim.error && <ProblemNotice error={claim.error} />}
      {refused.length > 0 && <Notice tone="care">{t("several.refused", { count: refused.length, why: [...new Set(refused.map((item) => item.problem?.detail))].join(" ") })}</Notice>}
      {isDiscarding && (
        <ConfirmDialog title={t("several.discardTitle", { count: incidents.length })} confirm={t("discard.do")} reason={t("discard.reason")} isDangerous isPending={discard.isPending} error={discard.error} onConfirm={(reason) => discard.mutate({ incidents, reason }, { onSuccess: done })} onClose={close}>
          <p>{t("discard.detail")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface ChosenProps extends SeveralBarProps {
  isClaiming: boolean;
  onClaim: () => void;
  onDiscard: () => void;
}

function Chosen({ chosen, isClaiming, onClaim, onDiscard, onDone }: ChosenProps) {
  const { t } = useTranslation("triage");
  const may = usePermission();
  return (
    <div className={styles.several} role="group" aria-label={t("several.label")}>
      <strong>{t("several.chosen", { count: chosen.length })}</strong>
      {may("claimIncidents") && (
        <Button size="compact-sm" loading={isClaiming} onClick={onClaim}>
          {t("claim.take")}
        </Button>
      )}
      {may("discardIncidents") && (
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          {t("discard.do")}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        {t("several.none")}
      </Button>
    </div>
  );
}
