import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Party } from "../../api/types";
import { useWords } from "../../domain/words";
import { useParties } from "./queries";

interface PartyPickerProps {
  label?: string;
  chosen: string[];
  isOptional?: boolean;
  /** Which parties can be chosen; all, when left out. */
  among?: (party: Party) => boolean;
  onChange: (ids: string[]) => void;
}

export function PartyPicker({ label, chosen, isOptional = false, among = () => true, onChange }: PartyPickerProps) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const parties = useParties();
  const data = (parties.data ?? []).filter(among).map(({ id, name, kind }) => ({ value: id, label: `${name} (${word("partyKind", kind)})` }));
  return (
    <MultiSelect
      label={label ?? t("party.label")}
      data={data}
      value={chosen}
      onChange={onChange}
      searchable
      required={!isOptional}
      nothingFoundMessage={t("party.none")}
      comboboxProps={{ withinPortal: true, zIndex: 400 }}
    />
  );
}
