import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Effort, Incident } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Notice } from "../../parts/Notice";
import { blankEffort, bodyOf, formOf, isSendable, type EffortForm } from "./effort-form";
import { EffortFields } from "./EffortFields";
import { useEditing, useTelling } from "./queries";

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

/** Brings an effort up to what is known now. What somebody else saved meanwhile is not overwritten: the answer says so. */
export function EditDialog({ of: given, onClose }: { of: Effort; onClose: () => void }) {
  const { t } = useTranslation("efforts");
  const [of] = useState(given);
  const [form, setForm] = useState(() => formOf(of));
  const editing = useEditing(of);
  const change = (changed: Partial<EffortForm>) => setForm((before) => ({ ...before, ...changed }));
  return (
    <ConfirmDialog title={t("edit.title")} confirm={t("edit.confirm")} size="lg" isBlocked={!isSendable(form)} isPending={editing.isPending} error={editing.error} onConfirm={() => editing.mutate(bodyOf(form, of), { onSuccess: onClose })} onClose={onClose}>
      {of.reliability && <Notice tone="care">{t("edit.gradeGoes")}</Notice>}
      <EffortFields form={form} onChange={change} />
    </ConfirmDialog>
  );
}
