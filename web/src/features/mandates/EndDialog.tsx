import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mandate } from "../../api/types";
import { utcOf } from "../../domain/times";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useEnd } from "./queries";

/** Records an end: now, from a day that has passed, or from one to come. */
export function EndDialog({ mandate, onClose }: { mandate: Mandate; onClose: () => void }) {
  const { t } = useTranslation("mandates");
  const [from, setFrom] = useState("");
  const end = useEnd(mandate);
  const send = (reason: string) => end.mutate({ reason, effective_at: from.length >= 16 ? utcOf(from) : null }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("end.title", { title: mandate.title })} confirm={t("end.confirm")} reason={t("reason")} isDangerous isPending={end.isPending} error={end.error} onConfirm={send} onClose={onClose}>
      <p>{t("end.detail")}</p>
      <TextInput type="datetime-local" label={t("end.from")} description={t("end.fromHint")} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}
