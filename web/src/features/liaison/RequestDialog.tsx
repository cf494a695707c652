import { Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConcurrenceBody } from "../../api/types";
import { CONCURRENCE_BASES, COUNTRIES, PARTY_KINDS, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ManyChoice } from "../../parts/ManyChoice";
import { PartyPicker } from "./PartyPicker";
import { useRequestConcurrence } from "./concurrence-queries";

/** For Afghanistan UNAMA's no-objection stands in. */
const UNAMAS = ["no-objection"] as const;
const BLANK: ConcurrenceBody = { country: "TJK", parties: [], party_kinds: [], themes: [], valid_from: "", valid_until: "", basis: "note-verbale" };

function isReady({ parties = [], party_kinds = [], themes, valid_from, valid_until }: ConcurrenceBody): boolean {
  return (parties.length > 0 || party_kinds.length > 0) && themes.length > 0 && valid_from !== "" && valid_until >= valid_from;
}

/** Both days are included: the concurrence runs from the first's beginning to the last's end. */
function bodyOf(form: ConcurrenceBody): ConcurrenceBody {
  const conditions = form.conditions?.trim();
  const ends = (day: string | null | undefined) => (day ? `${day}T23:59:59Z` : null);
  const { basis } = form;
  const carriedBy = form.carried_by?.trim();
  return { ...form, carried_by: carriedBy === "" ? null : carriedBy, confirm_by: basis === "oral" ? ends(form.confirm_by) : null, term_ends: basis === "no-objection" ? ends(form.term_ends) : null, valid_from: `${form.valid_from}T00:00:00Z`, valid_until: `${form.valid_until}T23:59:59Z`, conditions: conditions === "" ? null : conditions };
}

/** Records that a Government was asked: for parties by name, for every party of a kind, or both. */
export function RequestDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const [form, setForm] = useState(BLANK);
  const request = useRequestConcurrence();
  const change = (changed: Partial<ConcurrenceBody>) => setForm((before) => ({ ...before, ...changed }));
  const done = () => {
    onClose();
    onDone();
  };
  const send = () => request.mutate(bodyOf(form), { onSuccess: done });
  return (
    <ConfirmDialog title={t("request.open")} confirm={t("request.confirm")} size="lg" isBlocked={!isReady(form)} isPending={request.isPending} error={request.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <Choice label={t("request.government")} known={COUNTRIES} value={COUNTRIES.find((code) => code === form.country)} word={(code) => word("country", code)} onChange={(country) => country && change({ country, ...(country === "AFG" ? { basis: "no-objection" } : {}) })} />
        <PartyPicker isOptional={form.party_kinds?.length !== 0} chosen={form.parties ?? []} onChange={(parties) => change({ parties })} />
        <ManyChoice label={t("request.kinds")} known={PARTY_KINDS} chosen={form.party_kinds ?? []} word={(code) => word("partyKind", code)} onChange={(kinds) => change({ party_kinds: PARTY_KINDS.filter((kind) => kinds.includes(kind)) })} />
        <ManyChoice label={t("themes")} known={THEMES} chosen={form.themes} word={(code) => word("theme", code)} onChange={(themes) => change({ themes })} />
        <Group grow>
          <TextInput type="date" label={t("request.from")} required value={form.valid_from} onChange={(event) => change({ valid_from: event.currentTarget.value })} />
          <TextInput type="date" label={t("request.until")} required value={form.valid_until} onChange={(event) => change({ valid_until: event.currentTarget.value })} />
        </Group>
        <Choice label={t("request.basis")} known={form.country === "AFG" ? UNAMAS : CONCURRENCE_BASES} value={form.basis} word={(code) => word("basis", code)} onChange={(basis) => basis && change({ basis })} />
        {form.basis === "oral" && <TextInput type="date" label={t("request.confirmBy")} description={t("request.confirmByHint")} value={form.confirm_by ?? ""} onChange={(event) => change({ confirm_by: event.currentTarget.value })} />}
        {form.basis === "no-objection" && <TextInput type="date" label={t("request.termEnds")} description={t("request.termEndsHint")} value={form.term_ends ?? ""} onChange={(event) => change({ term_ends: event.currentTarget.value })} />}
        <TextInput label={t("request.carriedBy")} maxLength={500} value={form.carried_by ?? ""} onChange={(event) => change({ carried_by: event.currentTarget.value })} />
        <Textarea label={t("request.conditions")} autosize minRows={2} value={form.conditions ?? ""} onChange={(event) => change({ conditions: event.currentTarget.value })} />
      </Stack>
    </ConfirmDialog>
  );
}
