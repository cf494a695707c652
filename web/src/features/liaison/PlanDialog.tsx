import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Engagement } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useEditedForm } from "../../parts/edited-form";
import { Notice } from "../../parts/Notice";
import { ChangedPlan } from "./ChangedPlan";
import { formOf, isMoved, isSendable, planOf } from "./plan-form";
import { PlanFields } from "./PlanFields";
import { useEngagementEdit, useLiaisonRefresh } from "./queries";

/** Edits the plan that was opened. What somebody else saved meanwhile stands beside what was written. */
export function PlanDialog({ engagement, onClose }: { engagement: Engagement; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const plan = useEditedForm(engagement, formOf);
  const { base, form } = plan;
  const edit = useEngagementEdit(base);
  const refresh = useLiaisonRefresh();
  const isOvertaken = plan.theirs !== undefined;
  const send = () => edit.mutate(planOf(form, base), { onSuccess: onClose, onError: (error) => isStale(error) && void refresh() });
  return (
    <ConfirmDialog title={t("one.editTitle", { reference: engagement.reference })} confirm={t("one.editConfirm")} size="lg" isBlocked={isOvertaken || !isSendable(form)} isPending={edit.isPending} error={isOvertaken && isStale(edit.error) ? null : edit.error} onConfirm={send} onClose={onClose}>
      <ChangedPlan edit={plan} onGoOn={edit.reset} />
      <PlanFields form={form} error={edit.error} onChange={plan.change} />
      {base.state !== "proposed" && isMoved(form, base) && <Notice tone="care">{t("one.movedWarning")}</Notice>}
    </ConfirmDialog>
  );
}
