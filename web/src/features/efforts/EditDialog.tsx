import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Effort } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Notice } from "../../parts/Notice";
import { rebased } from "../../parts/rebase";
import { ChangedEffort } from "./ChangedEffort";
import { bodyOf, formOf, isSendable } from "./effort-form";
import { EffortFields } from "./EffortFields";
import { useEditing, useRefresh } from "./queries";

/** Brings the effort that was opened up to what is known now. What somebody else saved meanwhile stands beside what was written. */
export function EditDialog({ effort, onClose }: { effort: Effort; onClose: () => void }) {
  const { t } = useTranslation("efforts");
  const [base, setBase] = useState(effort);
  const [form, setForm] = useState(() => formOf(effort));
  const editing = useEditing(base);
  const refresh = useRefresh();
  const isOvertaken = effort.version !== base.version;
  const goOnFrom = (next: typeof form) => {
    setForm(next);
    setBase(effort);
    editing.reset();
  };
  const save = () => editing.mutate(bodyOf(form, base), { onSuccess: onClose, onError: (error) => isStale(error) && void refresh() });
  return (
    <ConfirmDialog title={t("edit.title")} confirm={t("edit.confirm")} size="lg" isBlocked={isOvertaken || !isSendable(form)} isPending={editing.isPending} error={isOvertaken && isStale(editing.error) ? null : editing.error} onConfirm={save} onClose={onClose}>
      {isOvertaken && <ChangedEffort base={base} theirs={effort} mine={form} onKeepMine={() => goOnFrom(rebased(form, formOf(base), formOf(effort)))} onTakeTheirs={() => goOnFrom(formOf(effort))} />}
      {effort.reliability && <Notice tone="care">{t("edit.gradeGoes")}</Notice>}
      <EffortFields form={form} onChange={(changed) => setForm((before) => ({ ...before, ...changed }))} />
    </ConfirmDialog>
  );
}
