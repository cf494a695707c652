import { Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRIES, SENSITIVITIES, THEMES, TLPS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ManyChoice } from "../../parts/ManyChoice";
import type { MandateForm } from "./mandate-form";

interface FieldsProps {
  form: MandateForm;
  onChange: (changed: Partial<MandateForm>) => void;
}

/** What a mandate says. */
export function MandateFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("mandates");
  return (
    <Stack gap="sm">
      <TextInput label={t("fields.title")} required maxLength={500} value={form.title} onChange={(event) => onChange({ title: event.currentTarget.value })} />
      <Textarea label={t("fields.clause")} required autosize minRows={2} value={form.clause} onChange={(event) => onChange({ clause: event.currentTarget.value })} />
      <ScopeFields form={form} onChange={onChange} />
      <TermFields form={form} onChange={onChange} />
    </Stack>
  );
}

/** Sub-themes that the mandate names beside the themes stay to be chosen. */
function ScopeFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("mandates");
  const { word } = useWords();
  const [themes] = useState(() => [...new Set([...THEMES, ...form.themes])]);
  const [countries] = useState(() => [...new Set([...COUNTRIES, ...form.countries])]);
  return (
    <>
      <ManyChoice label={t("fields.themes")} known={themes} chosen={form.themes} word={(code) => word("theme", code)} onChange={(chosen) => onChange({ themes: chosen })} />
      <ManyChoice label={t("fields.countries")} known={countries} chosen={form.countries} word={(code) => word("country", code)} onChange={(chosen) => onChange({ countries: chosen })} />
      <Textarea label={t("fields.functions")} description={t("fields.functionsHint")} autosize minRows={2} value={form.functions} onChange={(event) => onChange({ functions: event.currentTarget.value })} />
      <Group grow>
        <Choice label={t("fields.sensitivity")} known={SENSITIVITIES} value={form.sensitivity} word={(code) => word("sensitivity", code)} onChange={(code) => code && onChange({ sensitivity: code })} />
        <Choice label="TLP" known={TLPS} value={form.tlp} word={(code) => `TLP:${code}`} onChange={(code) => code && onChange({ tlp: code })} />
      </Group>
    </>
  );
}

function TermFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation("mandates");
  return (
    <Group grow align="flex-end">
      <TextInput type="date" label={t("fields.from")} value={form.from} onChange={(event) => onChange({ from: event.currentTarget.value })} />
      <TextInput type="date" label={t("fields.until")} value={form.until} onChange={(event) => onChange({ until: event.currentTarget.value })} />
    </Group>
  );
}
