import { Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EngagementBody } from "../../api/types";
import { COUNTRIES, ENGAGEMENT_KINDS, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { momentOf, wallClock, zonesWith } from "../../domain/zones";
import { Choice } from "../../parts/Choice";
import { errorAt } from "../../parts/field-error";
import { ManyChoice } from "../../parts/ManyChoice";
import { FollowsPicker } from "./FollowsPicker";
import { PartyPicker } from "./PartyPicker";
import type { Proposal } from "./ProposeDialog";

interface ProposeFieldsProps {
  as: Proposal;
  body: EngagementBody;
  error: unknown;
  onChange: (changed: Partial<EngagementBody>) => void;
}

/** What is asked of a talk when it is proposed, or of an encounter when it is recorded. */
export function ProposeFields({ as, body, error, onChange }: ProposeFieldsProps) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const { time_zone: zone } = body;
  const kind = ENGAGEMENT_KINDS.find((code) => code === body.kind);
  const clock = (name: "starts_at" | "ends_at") => ({
    label: t(`planField.${name}`),
    error: errorAt(error, name),
    value: wallClock(body[name], zone),
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: momentOf(event.currentTarget.value, zone) }),
  });
  return (
    <Stack gap="sm">
      <TextInput label={t("propose.title")} required maxLength={500} error={errorAt(error, "title")} value={body.title} onChange={(event) => onChange({ title: event.currentTarget.value })} data-autofocus />
      {as === "propose" && <Choice label={t("propose.kind")} known={ENGAGEMENT_KINDS} value={kind} word={(code) => word("engagementKind", code)} onChange={(chosen) => chosen && onChange({ kind: chosen })} />}
      <PartyPicker chosen={body.parties} onChange={(parties) => onChange({ parties })} />
      <ManyChoice label={t("countries")} known={COUNTRIES} chosen={body.countries} word={(code) => word("country", code)} onChange={(countries) => onChange({ countries: COUNTRIES.filter((code) => countries.includes(code)) })} />
      <ManyChoice label={t("themes")} known={THEMES} chosen={body.themes} word={(code) => word("theme", code)} onChange={(themes) => onChange({ themes: THEMES.filter((code) => themes.includes(code)) })} />
      <NativeSelect label={t("planField.time_zone")} description={t("one.zoneHint")} error={errorAt(error, "time_zone")} data={[...zonesWith(zone)]} value={zone} onChange={(event) => onChange({ time_zone: event.currentTarget.value })} />
      <Group grow align="start">
        <TextInput type="datetime-local" {...clock("starts_at")} required />
        <TextInput type="datetime-local" {...clock("ends_at")} required />
      </Group>
      {as === "propose" && <FollowsPicker chosen={body.follows ?? null} error={error} onChange={(follows) => onChange({ follows })} />}
    </Stack>
  );
}
