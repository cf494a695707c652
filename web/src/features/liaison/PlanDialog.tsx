import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Engagement } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Notice } from "../../parts/Notice";
import { changedFields, rebased } from "../../parts/rebase";
import { ChangedPlan } from "./ChangedPlan";
import { formOf, isMoved, isSendable, planOf } from "./plan-form";
import { PlanFields } from "./PlanFields";
import { useEngagementEdit, useLiaisonRefresh } from "./queries";

/**
 * Edits the plan that was opened, not whatever arrived since: live updates change `engagement` under the open dialog,
 * and sending its newer version would overwrite in silence what a colleague has just saved.
 */
export function PlanDialog({ engagement, onClose }: { engagement: Engagement; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const [base, setBase] = useState(engagement);
  const [form, setForm] = useState(formOf(engagement));
  const edit = useEngagementEdit(base);
  const refresh = useLiaisonRefresh();
  const isOvertaken = engagement.version !== base.version;
  const theirs = formOf(engagement);
  const goOnFrom = (next: typeof form) => {
    setForm(next);
    setBase(engagement);
    edit.reset();
  };
  const send = () => edit.mutate(planOf(form, base), { onSuccess: onClose, onError: (error) => isStale(error) && void refresh() });
  return (
    <ConfirmDialog title={t("one.editTitle", { reference: engagement.reference })} confirm={t("one.editConfirm")} size="lg" isBlocked={isOvertaken || !isSendable(form)} isPending={edit.isPending} error={isOvertaken && isStale(edit.error) ? null : edit.error} onConfirm={send} onClose={onClose}>
      {isOvertaken && <ChangedPlan fields={changedFields(formOf(base), theirs)} theirs={theirs} mine={form} onKeepMine={() => goOnFrom(rebased(form, formOf(base), theirs))} onTakeTheirs={() => goOnFrom(theirs)} />}
      <PlanFields form={form} error={edit.error} onChange={(changed) => setForm((before) => ({ ...before, ...changed }))} />
      {base.state !== "proposed" && isMoved(form, base) && <Notice tone="care">{t("one.movedWarning")}</Notice>}
    </ConfirmDialog>
  );
}
