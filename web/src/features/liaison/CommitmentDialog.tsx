import { Button, Checkbox, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { useCommitmentMaking } from "./commitment-queries";
import { useParties } from "./queries";

/** Records a promise made at an engagement, by or to one of its parties. */
export function CommitmentDialogButton({ engagement }: { engagement: Engagement }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  if (!may("makeCommitment")) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("commitment.add")}
      </Button>
      {isOpen && <CommitmentDialog engagement={engagement} onClose={() => setOpen(false)} />}
    </>
  );
}

function CommitmentDialog({ engagement, onClose }: { engagement: Engagement; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const parties = useParties();
  const names = new Map(parties.data?.map(({ id, name }) => [id, name]));
  const [form, setForm] = useState({ party: engagement.parties[0] ?? "", isOurs: false, text: "", due_on: "" });
  const making = useCommitmentMaking();
  const change = (changed: Partial<typeof form>) => setForm((before) => ({ ...before, ...changed }));
  const send = () => {
    const sides = form.isOurs ? { promised_to: form.party } : { promised_by: form.party };
    making.mutate({ ...sides, engagement: engagement.id, text: form.text, due_on: form.due_on }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog title={t("commitment.add")} confirm={t("one.save")} isBlocked={form.text.trim() === "" || form.due_on === ""} isPending={making.isPending} error={making.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <Choice label={t("party.label")} known={engagement.parties} value={form.party} word={(id) => names.get(id) ?? t("party.unnamed")} onChange={(party) => party && change({ party })} />
        <Checkbox label={t("commitment.by_centre")} checked={form.isOurs} onChange={(event) => change({ isOurs: event.currentTarget.checked })} />
        <Textarea label={t("commitment.what")} required autosize minRows={2} value={form.text} onChange={(event) => change({ text: event.currentTarget.value })} />
        <TextInput type="date" label={t("commitment.day")} required value={form.due_on} onChange={(event) => change({ due_on: event.currentTarget.value })} />
      </Stack>
    </ConfirmDialog>
  );
}
