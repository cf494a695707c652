import { Checkbox, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence, Party } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ManyChoice } from "../../parts/ManyChoice";
import { AskedFor } from "./AskedFor";
import { useGrant } from "./concurrence-queries";
import { formOf, grantOf, isSendable, type GrantForm } from "./grant-form";
import { PartyPicker } from "./PartyPicker";

/** Records a Government's concurrence: to all that was asked, or to a part of it. */
export function GrantDialog({ concurrence, onClose }: { concurrence: Concurrence; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const [form, setForm] = useState(() => formOf(concurrence));
  const grant = useGrant(concurrence);
  const change = (changed: Partial<GrantForm>) => setForm((before) => ({ ...before, ...changed }));
  const send = () => grant.mutate(grantOf(form, concurrence), { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("concurrenceStep.grant.title", { reference: concurrence.reference })} confirm={t("concurrence.grant")} size="lg" isBlocked={!isSendable(form, concurrence)} isPending={grant.isPending} error={grant.error} onConfirm={send} onClose={onClose}>
      <AskedFor concurrence={concurrence} />
      <p>{t("concurrenceStep.grant.detail")}</p>
      <Stack gap="sm">
        <TextInput label={t("request.answeredBy")} maxLength={500} value={form.answeredBy} onChange={(event) => change({ answeredBy: event.currentTarget.value })} />
        <Checkbox label={t("grant.part")} checked={form.isPart} onChange={(event) => change({ isPart: event.currentTarget.checked })} />
        {form.isPart && <PartFields form={form} asked={concurrence} onChange={change} />}
        <Textarea label={t("grant.conditions")} description={concurrence.conditions ?? undefined} autosize minRows={2} value={form.conditions} onChange={(event) => change({ conditions: event.currentTarget.value })} />
      </Stack>
    </ConfirmDialog>
  );
}

interface PartFieldsProps {
  form: GrantForm;
  asked: Concurrence;
  onChange: (changed: Partial<GrantForm>) => void;
}

/** Nothing beyond what was asked can be chosen: a grant narrows and never widens. */
function PartFields({ form, asked, onChange }: PartFieldsProps) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const isAskedFor = ({ id, kind }: Party) => asked.parties.includes(id) || asked.party_kinds.includes(kind);
  const days = { min: asked.valid_from.slice(0, 10), max: asked.valid_until.slice(0, 10) };
  return (
    <>
      {asked.party_kinds.length > 0 && <ManyChoice label={t("request.kinds")} known={asked.party_kinds} chosen={form.kinds} word={(code) => word("partyKind", code)} onChange={(kinds) => onChange({ kinds })} />}
      <PartyPicker label={t("grant.parties")} isOptional={form.kinds.length > 0} among={isAskedFor} chosen={form.parties} onChange={(parties) => onChange({ parties })} />
      <ManyChoice label={t("themes")} known={asked.themes} chosen={form.themes} word={(code) => word("theme", code)} onChange={(themes) => onChange({ themes })} />
      <Group grow>
        <TextInput type="date" label={t("request.from")} required {...days} value={form.from} onChange={(event) => onChange({ from: event.currentTarget.value })} />
        <TextInput type="date" label={t("request.until")} required {...days} value={form.until} onChange={(event) => onChange({ until: event.currentTarget.value })} />
      </Group>
    </>
  );
}
