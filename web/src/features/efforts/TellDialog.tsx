import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { blankEffort, bodyOf, isSendable, type EffortForm } from "./effort-form";
import { EffortFields } from "./EffortFields";
import { useTelling } from "./queries";

interface TellProps {
  answersTo?: Incident;
  onTold?: (id: string) => void;
  onClose: () => void;
}

/** Tells of an effort, ours or others'; it may answer to an incident. */
export function TellDialog({ answersTo, onTold, onClose }: TellProps) {
  const { t } = useTranslation("efforts");
  const [form, setForm] = useState(() => blankEffort(answersTo));
  const telling = useTelling();
  const change = (changed: Partial<EffortForm>) => setForm((before) => ({ ...before, ...changed }));
  const send = () =>
    telling.mutate(bodyOf(form), {
      onSuccess: ({ id }) => {
        onClose();
        onTold?.(id);
      },
    });
  return (
    <ConfirmDialog title={t("tell.title")} confirm={t("tell.confirm")} size="lg" isBlocked={!isSendable(form)} isPending={telling.isPending} error={telling.error} onConfirm={send} onClose={onClose}>
      {answersTo && <p>{t("tell.answersTo", { incident: answersTo.title })}</p>}
      <EffortFields form={form} onChange={change} />
    </ConfirmDialog>
  );
}
