import { Group, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label } from "../../api/types";
import { ADDRESSEES, SENSITIVITIES, TLPS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ManyChoice } from "../../parts/ManyChoice";
import { Notice } from "../../parts/Notice";
import { useSession } from "../session/session";
import { isLowered, type LabelEntry } from "./label-entry";

interface LabelFieldsProps {
  entry: LabelEntry;
  before: Label;
  onChange: (changed: Partial<LabelEntry>) => void;
}

/** How a record is marked; lowering that is its originator's, and needs a reason. */
export function LabelFields({ entry, before, onChange }: LabelFieldsProps) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const isOurs = useSession().organization === before.originator;
  return (
    <Stack gap="sm" mt="sm">
      <Group grow>
        <Choice label={t("label.sensitivity")} known={SENSITIVITIES} value={entry.sensitivity} word={(code) => word("sensitivity", code)} onChange={(sensitivity) => sensitivity && onChange({ sensitivity })} />
        <Choice label="TLP" known={TLPS} value={entry.tlp} word={(code) => `TLP:${code}`} onChange={(tlp) => tlp && onChange({ tlp })} />
      </Group>
      <ManyChoice label={t("label.releasable")} known={[...new Set<string>([...ADDRESSEES, ...(before.releasable_to ?? [])])]} chosen={entry.releasable} word={(code) => word("organization", code)} onChange={(releasable) => onChange({ releasable })} />
      {isLowered(entry, before) &&
        (isOurs ? (
          <Textarea label={t("label.lowering")} required autosize minRows={2} value={entry.lowering} onChange={(event) => onChange({ lowering: event.currentTarget.value })} />
        ) : (
          <Notice tone="care">{t("label.notOurs", { originator: word("organization", before.originator) })}</Notice>
        ))}
    </Stack>
  );
}
