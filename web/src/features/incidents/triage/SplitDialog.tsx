import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail } from "../../../api/types";
import { useWords } from "../../../domain/words";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { ManyChoice } from "../../../parts/ManyChoice";
import { useSplit } from "./queries";

interface SplitDialogProps {
  incident: IncidentDetail;
  onDone: (opened: string) => void;
  onClose: () => void;
}

/** Lets some of the accounts tell of an incident of their own; at least one stays. */
export function SplitDialog({ incident, onDone, onClose }: SplitDialogProps) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const [chosen, setChosen] = useState<string[]>([]);
  const split = useSplit(incident);
  const names = new Map(incident.accounts.map(({ observation, source }) => [observation.id, `${word("organization", source)}: ${observation.title}`]));
  const done = (opened: IncidentDetail) => {
    onClose();
    onDone(opened.id);
  };
  return (
    <ConfirmDialog
      title={t("triage.splitTitle", { title: incident.title })}
      confirm={t("triage.split")}
      reason={t("triage.reason")}
      size="lg"
      isBlocked={chosen.length === 0 || chosen.length === names.size}
      isPending={split.isPending}
      error={split.error}
      onConfirm={(reason) => split.mutate({ observations: chosen, reason }, { onSuccess: done })}
      onClose={onClose}
    >
      <p>{t("triage.splitDetail")}</p>
      <ManyChoice label={t("triage.accounts")} known={[...names.keys()]} chosen={chosen} word={(id) => names.get(id) ?? id} onChange={setChosen} />
    </ConfirmDialog>
  );
}
