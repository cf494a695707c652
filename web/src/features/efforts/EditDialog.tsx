import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Effort } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useEditedForm } from "../../parts/edited-form";
import { Notice } from "../../parts/Notice";
import { ChangedEffort } from "./ChangedEffort";
import { bodyOf, formOf, isSendable } from "./effort-form";
import { EffortFields } from "./EffortFields";
import { useEditing, useRefresh } from "./queries";

/** Brings the effort that was opened up to what is known now. What somebody else saved meanwhile stands beside what was written. */
export function EditDialog({ effort, onClose }: { effort: Effort; onClose: () => void }) {
  const { t } = useTranslation("efforts");
  const edit = useEditedForm(effort, formOf);
  const saving = useEditing(edit.base);
  const refresh = useRefresh();
  const isOvertaken = edit.theirs !== undefined;
  const save = () => saving.mutate(bodyOf(edit.form, edit.base), { onSuccess: onClose, onError: (error) => isStale(error) && void refresh() });
  return (
    <ConfirmDialog title={t("edit.title")} confirm={t("edit.confirm")} size="lg" isBlocked={isOvertaken || !isSendable(edit.form)} isPending={saving.isPending} error={isOvertaken && isStale(saving.error) ? null : saving.error} onConfirm={save} onClose={onClose}>
      <ChangedEffort effort={effort} edit={edit} onGoOn={saving.reset} />
      {effort.reliability && <Notice tone="care">{t("edit.gradeGoes")}</Notice>}
      <EffortFields form={edit.form} onChange={edit.change} />
    </ConfirmDialog>
  );
}
