import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useContacts } from "./queries";

interface ContactPickerProps {
  label: string;
  except?: string;
  isOptional?: boolean;
  chosen: string | null;
  onChange: (id: string | null) => void;
}

/** One contact, looked for by name as the service looks: in any script and spelling. */
export function ContactPicker({ label, except, isOptional = false, chosen, onChange }: ContactPickerProps) {
  const { t } = useTranslation("contacts");
  const [typed, setTyped] = useState("");
  const found = useContacts({ q: typed.trim() || undefined });
  const items = (found.data?.pages[0]?.items ?? []).filter(({ id }) => id !== except);
  const data = items.map(({ id, name, latin_name, positions }) => ({ value: id, label: [latin_name, name === latin_name ? "" : name, positions[0]?.title ?? ""].filter(Boolean).join(" · ") }));
  return (
    <Select label={label} data={data} value={chosen} onChange={onChange} searchable filter={({ options }) => options} onSearchChange={setTyped} required={!isOptional} nothingFoundMessage={t("list.empty")} comboboxProps={{ withinPortal: true, zIndex: 400 }} {...(isOptional ? {} : { "data-autofocus": true })} />
  );
}
