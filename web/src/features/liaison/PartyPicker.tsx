import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import { useParties } from "./queries";

interface PartyPickerProps {
  chosen: string[];
  onChange: (ids: string[]) => void;
}

export function PartyPicker({ chosen, onChange }: PartyPickerProps) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const parties = useParties();
  const data = (parties.data ?? []).map(({ id, name, kind }) => ({ value: id, label: `${name} (${word("partyKind", kind)})` }));
  return (
    <MultiSelect
      label={t("party.label")}
      data={data}
      value={chosen}
      onChange={onChange}
      searchable
      required
      nothingFoundMessage={t("party.none")}
      comboboxProps={{ withinPortal: true, zIndex: 400 }}
    />
  );
}
