import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail } from "../../../api/types";
import { useTimes } from "../../../domain/times";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { useIncidentsNamed } from "../queries";
import { useMerge } from "./queries";

/** Lets an incident that was looked for become a part of this one. */
export function MergeDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const [other, setOther] = useState<string | null>(null);
  const merge = useMerge(incident);
  return (
    <ConfirmDialog
      title={t("triage.mergeTitle", { title: incident.title })}
      confirm={t("triage.merge")}
      reason={t("triage.reason")}
      size="lg"
      isBlocked={other === null}
      isPending={merge.isPending}
      error={merge.error}
      onConfirm={(reason) => other && merge.mutate({ other, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("triage.mergeDetail")}</p>
      <IncidentPicker except={incident.id} chosen={other} onChange={setOther} />
    </ConfirmDialog>
  );
}

interface IncidentPickerProps {
  except: string;
  chosen: string | null;
  onChange: (id: string | null) => void;
}

function IncidentPicker({ except, chosen, onChange }: IncidentPickerProps) {
  const { t } = useTranslation("incidents");
  const { day } = useTimes();
  const [typed, setTyped] = useState("");
  const found = useIncidentsNamed(typed.trim());
  const items = (found.data?.items ?? []).filter(({ id }) => id !== except);
  const data = items.map(({ id, reference, title, occurred_at }) => ({ value: id, label: [reference, day(occurred_at), title].filter(Boolean).join(" · ") }));
  return <Select label={t("triage.other")} description={t("triage.otherHint")} data={data} value={chosen} onChange={onChange} searchable filter={({ options }) => options} onSearchChange={setTyped} nothingFoundMessage={t("triage.nothingFound")} required comboboxProps={{ withinPortal: true, zIndex: 400 }} />;
}
