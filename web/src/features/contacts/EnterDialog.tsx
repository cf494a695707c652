import { Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../api/problem";
import type { Contact, ContactBody } from "../../api/types";
import { COUNTRIES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ManyChoice } from "../../parts/ManyChoice";
import { DuplicateWarning, type Duplicate } from "./DuplicateWarning";
import { useKeptEntry } from "./kept-entry";
import { useEnterContact } from "./queries";

interface Entry {
  name: string;
  latin: string;
  phone: string;
  email: string;
  purpose: string;
  notes: string;
  countries: string[];
}

const BLANK: Entry = { name: "", latin: "", phone: "", email: "", purpose: "", notes: "", countries: [] };

function bodyOf(entry: Entry, distinct: string[]): ContactBody {
  const channels = [
    { kind: "phone" as const, value: entry.phone.trim() },
    { kind: "email" as const, value: entry.email.trim() },
  ].filter(({ value }) => value !== "");
  const latin = entry.latin.trim() ? { latin_name: entry.latin } : {};
  const notes = entry.notes.trim() ? { notes: entry.notes } : {};
  return { name: entry.name, purpose: entry.purpose, countries: entry.countries, channels, ...latin, ...notes, ...(distinct.length > 0 ? { confirmed_distinct_from: distinct } : {}) };
}

/** Enters a person; somebody who may be the same is shown first. */
export function EnterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const { entry, change, forget } = useKeptEntry("contact", BLANK);
  const enter = useEnterContact();
  const refusal = enter.error ? asProblem(enter.error) : undefined;
  const duplicates = refusal?.slug === "possible-duplicate" ? (refusal.body.duplicates as Duplicate[]) : [];
  const done = (made: Contact) => {
    forget();
    onClose();
    void navigate({ to: "/contacts/$id", params: { id: made.id } });
  };
  const send = () => enter.mutate(bodyOf(entry, duplicates.map(({ id }) => id)), { onSuccess: done });
  return (
    <ConfirmDialog
      title={t("enter.open")}
      confirm={duplicates.length > 0 ? t("enter.anyway") : t("enter.confirm")}
      size="lg"
      isBlocked={entry.name.trim() === "" || entry.purpose.trim() === ""}
      isPending={enter.isPending}
      error={duplicates.length > 0 ? null : enter.error}
      onConfirm={send}
      onClose={onClose}
    >
      <EntryFields entry={entry} onChange={change} />
      {duplicates.length > 0 && <DuplicateWarning duplicates={duplicates} />}
    </ConfirmDialog>
  );
}

function EntryFields({ entry, onChange }: { entry: Entry; onChange: (changed: Partial<Entry>) => void }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const field = (name: Exclude<keyof Entry, "countries">) => ({
    label: t(`enter.${name}`),
    value: entry[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="sm">
      <TextInput {...field("name")} description={t("enter.nameHint")} required maxLength={500} data-autofocus />
      <TextInput {...field("latin")} description={t("enter.latinHint")} maxLength={500} />
      <Group grow>
        <TextInput {...field("phone")} type="tel" />
        <TextInput {...field("email")} type="email" />
      </Group>
      <ManyChoice label={t("list.countries")} known={COUNTRIES} chosen={entry.countries} word={(code) => word("country", code)} onChange={(countries) => onChange({ countries })} />
      <Textarea {...field("purpose")} description={t("enter.purposeHint")} required autosize minRows={2} />
      <Textarea {...field("notes")} autosize minRows={2} />
    </Stack>
  );
}
