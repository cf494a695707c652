import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mandate } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { correctionOf, formOf, isSendable, type MandateForm } from "./mandate-form";
import { MandateFields } from "./MandateFields";
import { useCorrection } from "./queries";

/** Says what should have been recorded, from the mandate's first day on; what was known before is kept. */
export function CorrectDialog({ mandate, onClose }: { mandate: Mandate; onClose: () => void }) {
  const { t } = useTranslation("mandates");
  const [form, setForm] = useState(() => formOf(mandate));
  const correct = useCorrection(mandate);
  const change = (changed: Partial<MandateForm>) => setForm((before) => ({ ...before, ...changed }));
  const isBlocked = !isSendable(form) || Object.keys(correctionOf(form, mandate)).length === 0;
  const send = (reason: string) => correct.mutate({ reason, ...correctionOf(form, mandate) }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("correct.title", { title: mandate.title })} confirm={t("correct.confirm")} reason={t("reason")} size="lg" isDangerous isBlocked={isBlocked} isPending={correct.isPending} error={correct.error} onConfirm={send} onClose={onClose}>
      <p>{t("correct.detail")}</p>
      <MandateFields form={form} onChange={change} />
    </ConfirmDialog>
  );
}
