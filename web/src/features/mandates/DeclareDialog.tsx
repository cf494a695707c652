import { Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useOrganizations } from "../exchange/queries";
import { BLANK, isSendable, mandateOf, type MandateForm } from "./mandate-form";
import { MandateFields } from "./MandateFields";
import { useDeclaration } from "./queries";

/** Puts a mandate on record. Nothing is released by it. */
export function DeclareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("mandates");
  const { word } = useWords();
  const [organization, setOrganization] = useState<string | undefined>(undefined);
  const [form, setForm] = useState(BLANK);
  const declare = useDeclaration();
  const organizations = (useOrganizations().data?.items ?? []).filter(({ kind, state }) => kind !== "centre" && state === "active");
  const change = (changed: Partial<MandateForm>) => setForm((before) => ({ ...before, ...changed }));
  const send = () => organization && declare.mutate({ organization, ...mandateOf(form) }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("declare.title")} confirm={t("declare.confirm")} size="lg" isBlocked={!organization || !isSendable(form)} isPending={declare.isPending} error={declare.error} onConfirm={send} onClose={onClose}>
      <p>{t("declare.detail")}</p>
      <Stack gap="sm">
        <Choice label={t("filters.organization")} any={t("declare.choose")} known={organizations.map(({ id }) => id)} value={organization} word={(code) => word("organization", code)} onChange={setOrganization} />
        <MandateFields form={form} onChange={change} />
      </Stack>
    </ConfirmDialog>
  );
}
