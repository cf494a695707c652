import { Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ManyChoice } from "../../parts/ManyChoice";
import type { EffortForm } from "./effort-form";
import { EFFORT_KINDS } from "./search";

interface FieldsProps {
  form: EffortForm;
  onChange: (changed: Partial<EffortForm>) => void;
}

/** What is done, by whom, where, against what, and when it was seen to go on. */
export function EffortFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("efforts");
  const { word } = useWords();
  return (
    <Stack gap="sm">
      <Choice label={t("fields.kind")} known={EFFORT_KINDS} value={form.kind} word={(code) => word("effortKind", code)} onChange={(kind) => kind && onChange({ kind })} />
      <TextInput label={t("fields.title")} required maxLength={500} value={form.title} onChange={(event) => onChange({ title: event.currentTarget.value })} data-autofocus />
      <Textarea label={t("fields.actors")} description={t("fields.actorsHint")} required autosize minRows={2} value={form.actors} onChange={(event) => onChange({ actors: event.currentTarget.value })} />
      <Textarea label={t("fields.text")} autosize minRows={3} value={form.text} onChange={(event) => onChange({ text: event.currentTarget.value })} />
      <ScopeFields form={form} onChange={onChange} />
      <Group grow align="flex-end">
        <TextInput type="datetime-local" label={t("fields.at")} required value={form.at} onChange={(event) => onChange({ at: event.currentTarget.value })} />
        <TextInput type="datetime-local" label={t("fields.until")} value={form.until} onChange={(event) => onChange({ until: event.currentTarget.value })} />
      </Group>
    </Stack>
  );
}

/** Sub-themes and countries beside the lists stay to be chosen. */
function ScopeFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("efforts");
  const { word } = useWords();
  const [themes] = useState(() => [...new Set([...THEMES, ...form.themes])]);
  const [countries] = useState(() => [...new Set([...COUNTRIES, ...form.countries])]);
  return (
    <>
      <ManyChoice label={t("fields.countries")} known={countries} chosen={form.countries} word={(code) => word("country", code)} onChange={(chosen) => onChange({ countries: chosen })} />
      <ManyChoice label={t("fields.themes")} known={themes} chosen={form.themes} word={(code) => word("theme", code)} onChange={(chosen) => onChange({ themes: chosen })} />
    </>
  );
}
