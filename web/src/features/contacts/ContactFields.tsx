import { Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { errorAt } from "../../parts/field-error";
import { ManyChoice } from "../../parts/ManyChoice";
import { ChannelFields } from "./ChannelFields";
import type { ContactEntry } from "./contact-entry";

interface ContactFieldsProps {
  entry: ContactEntry;
  error: unknown;
  onChange: (changed: Partial<ContactEntry>) => void;
}

/** What is kept on a person, to be entered or edited. */
export function ContactFields({ entry, error, onChange }: ContactFieldsProps) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const field = (name: Exclude<keyof ContactEntry, "countries" | "channels">) => ({
    label: t(`enter.${name}`),
    value: entry[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="sm">
      <TextInput {...field("name")} description={t("enter.nameHint")} required maxLength={500} data-autofocus />
      <TextInput {...field("latin")} description={t("enter.latinHint")} maxLength={500} />
      <Textarea {...field("otherNames")} description={t("enter.otherNamesHint")} autosize minRows={1} />
      <TextInput {...field("languages")} description={t("enter.languagesHint")} error={errorAt(error, "languages")} />
      <ChannelFields channels={entry.channels} onChange={(channels) => onChange({ channels })} />
      <ManyChoice label={t("list.countries")} known={[...new Set([...COUNTRIES, ...entry.countries])]} chosen={entry.countries} word={(code) => word("country", code)} onChange={(countries) => onChange({ countries })} />
      <Textarea {...field("purpose")} description={t("enter.purposeHint")} required autosize minRows={2} />
      <Textarea {...field("notes")} autosize minRows={2} />
    </Stack>
  );
}
