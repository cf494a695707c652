import { Select, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COUNTRIES, OTHER_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { errorAt } from "../../parts/field-error";
import { ManyChoice } from "../../parts/ManyChoice";
import { PartyPicker } from "../liaison/PartyPicker";
import { useParties } from "../liaison/queries";
import type { PartyEntry } from "./party-entry";

interface PartyFieldsProps {
  entry: PartyEntry;
  error: unknown;
  /** The party itself, when it is registered already: it is no part or member of itself. */
  self?: string;
  onChange: (changed: Partial<PartyEntry>) => void;
}

/** What the register says of a party, with what it is a part of and which Governments act jointly under its name. */
export function PartyFields({ entry, error, self, onChange }: PartyFieldsProps) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const parties = (useParties().data ?? []).filter(({ id }) => id !== self);
  /** A joint party is concerned with the countries of its members, and no others. */
  const join = (members: string[]) => {
    const countries = parties.filter(({ id }) => members.includes(id)).flatMap((member) => member.countries);
    onChange({ members, ...(members.length > 0 ? { countries: [...new Set(countries)] } : {}) });
  };
  return (
    <Stack gap="sm">
      <TextInput label={t("parties.name")} required maxLength={500} value={entry.name} onChange={(event) => onChange({ name: event.currentTarget.value })} data-autofocus />
      <TextInput label={t("parties.russian")} maxLength={500} value={entry.russian} onChange={(event) => onChange({ russian: event.currentTarget.value })} />
      <Select
        label={t("parties.parentOptional")}
        data={parties.map(({ id, name }) => ({ value: id, label: name }))}
        value={entry.parent}
        error={errorAt(error, "parent")}
        onChange={(parent) => onChange({ parent })}
        searchable
        clearable
        comboboxProps={{ withinPortal: true, zIndex: 400 }}
      />
      {entry.kind === "government" && <PartyPicker label={t("parties.members")} isOptional among={({ id, kind, members }) => id !== self && kind === "government" && members.length === 0} chosen={entry.members} onChange={join} />}
      <ManyChoice label={t("list.countries")} known={[...new Set<string>([...COUNTRIES, ...OTHER_STATES, ...entry.countries])]} chosen={entry.countries} word={(code) => word("country", code)} onChange={(countries) => onChange({ countries })} />
    </Stack>
  );
}
