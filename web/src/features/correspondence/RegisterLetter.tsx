import { Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LetterBody } from "../../api/types";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useParties } from "../liaison/queries";
import { useAwaiting, useRegistering } from "./queries";
import { DIRECTIONS, LETTER_KINDS, LETTER_LANGUAGES } from "./search";

const today = () => new Date().toISOString().slice(0, 10);
const begin = () => ({ direction: "in", kind: "note-verbale", language: "en", party: "", subject: "", summary: "", their_reference: "", dated_on: today(), handled_on: today(), reply_by: "", answers: "" }) as const;
type Form = { [K in keyof ReturnType<typeof begin>]: K extends "direction" | "kind" | "language" ? NonNullable<LetterBody[K]> : string };

/** Registers a letter, and opens it so that the scan can be attached. */
export function RegisterLetter({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("correspondence");
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>(begin);
  const registering = useRegistering();
  const change = (changed: Partial<Form>) => setForm((before) => ({ ...before, ...changed }));
  const send = () => {
    const { summary, their_reference, reply_by, answers, ...needed } = form;
    const body: LetterBody = { ...needed, summary: summary || null, their_reference: their_reference || null, reply_by: reply_by || null, answers: answers || null };
    registering.mutate(body, { onSuccess: ({ id }) => void navigate({ to: "/correspondence/$id", params: { id } }) });
  };
  return (
    <ConfirmDialog title={t("register.open")} confirm={t("register.confirm")} size="lg" isBlocked={!form.party || form.subject.trim() === ""} isPending={registering.isPending} error={registering.error} onConfirm={send} onClose={onClose}>
      <Fields form={form} change={change} />
    </ConfirmDialog>
  );
}

function Fields({ form, change }: { form: Form; change: (changed: Partial<Form>) => void }) {
  const { t } = useTranslation("correspondence");
  const parties = (useParties().data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const awaiting = useAwaiting(form.direction === "in" ? "out" : "in").data?.items ?? [];
  const replies = awaiting.map(({ id, reference, subject }) => ({ value: id, label: `${reference} ${subject}` }));
  const text = (name: "subject" | "their_reference" | "dated_on" | "handled_on" | "reply_by") => ({
    label: t(`register.${name}`),
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  });
  const inPortal = { withinPortal: true, zIndex: 400 };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Choice label={t("columns.direction")} known={DIRECTIONS} value={form.direction} word={(code) => t(`direction.${code}`)} onChange={(direction) => direction && change({ direction, answers: "" })} />
        <Choice label={t("columns.kind")} known={LETTER_KINDS} value={form.kind} word={(code) => t(`kind.${code}`)} onChange={(kind) => kind && change({ kind })} />
        <Choice label={t("register.language")} known={LETTER_LANGUAGES} value={form.language} word={(code) => t(`language.${code}`)} onChange={(language) => language && change({ language })} />
      </Group>
      <Select label={t("columns.party")} data={parties} value={form.party || null} onChange={(party) => change({ party: party ?? "" })} searchable required comboboxProps={inPortal} />
      <TextInput {...text("subject")} required />
      <TextInput {...text("their_reference")} />
      <Group gap="sm" grow>
        <TextInput type="date" {...text("dated_on")} required />
        <TextInput type="date" {...text("handled_on")} required />
        <TextInput type="date" {...text("reply_by")} />
      </Group>
      <Select label={t("register.answers")} data={replies} value={form.answers || null} onChange={(answers) => change({ answers: answers ?? "" })} searchable clearable nothingFoundMessage={t("register.nothingAwaited")} comboboxProps={inPortal} />
      <Textarea label={t("register.summary")} value={form.summary} onChange={(event) => change({ summary: event.currentTarget.value })} autosize minRows={2} />
    </Stack>
  );
}
