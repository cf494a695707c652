import { Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EngagementBody } from "../../api/types";
import { utcOf } from "../../domain/times";
import { COUNTRIES, ENGAGEMENT_KINDS, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ManyChoice } from "../../parts/ManyChoice";
import { PartyPicker } from "./PartyPicker";
import { useProposeEngagement } from "./queries";

const BLANK: EngagementBody = { kind: "meeting", title: "", parties: [], countries: [], themes: [], starts_at: "", ends_at: "", time_zone: "UTC" };

function isReady({ title, parties, countries, themes, starts_at, ends_at }: EngagementBody): boolean {
  return title.trim() !== "" && parties.length > 0 && countries.length > 0 && themes.length > 0 && starts_at !== "" && ends_at > starts_at;
}

export function ProposeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const [body, setBody] = useState(BLANK);
  const propose = useProposeEngagement();
  const change = (changed: Partial<EngagementBody>) => setBody((before) => ({ ...before, ...changed }));
  const send = () => propose.mutate({ ...body, starts_at: utcOf(body.starts_at), ends_at: utcOf(body.ends_at) }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("propose.open")} confirm={t("propose.confirm")} size="lg" isBlocked={!isReady(body)} isPending={propose.isPending} error={propose.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <TextInput label={t("propose.title")} required maxLength={500} value={body.title} onChange={(event) => change({ title: event.currentTarget.value })} data-autofocus />
        <Choice label={t("propose.kind")} known={ENGAGEMENT_KINDS} value={body.kind} word={(code) => word("engagementKind", code)} onChange={(kind) => kind && change({ kind })} />
        <PartyPicker chosen={body.parties} onChange={(parties) => change({ parties })} />
        <ManyChoice label={t("countries")} known={COUNTRIES} chosen={body.countries} word={(code) => word("country", code)} onChange={(countries) => change({ countries })} />
        <ManyChoice label={t("themes")} known={THEMES} chosen={body.themes} word={(code) => word("theme", code)} onChange={(themes) => change({ themes })} />
        <Group grow>
          <TextInput type="datetime-local" label={t("propose.starts")} required value={body.starts_at} onChange={(event) => change({ starts_at: event.currentTarget.value })} />
          <TextInput type="datetime-local" label={t("propose.ends")} required value={body.ends_at} onChange={(event) => change({ ends_at: event.currentTarget.value })} />
        </Group>
      </Stack>
    </ConfirmDialog>
  );
}
