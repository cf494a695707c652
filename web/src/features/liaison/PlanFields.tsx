import { Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { momentOf, wallClock, zonesWith } from "../../domain/zones";
import { errorAt } from "../../parts/field-error";
import { AttendingField } from "./Attending";
import type { PlanField, PlanForm } from "./plan-form";

interface PlanFieldsProps {
  form: PlanForm;
  error: unknown;
  onChange: (changed: Partial<PlanForm>) => void;
}

/** The fields of a plan, each with what the service says of it. Times are those of the clock on the wall at the place. */
export function PlanFields({ form, error, onChange }: PlanFieldsProps) {
  const { t } = useTranslation("liaison");
  const field = (name: Exclude<PlanField, "contacts">) => ({
    label: t(`planField.${name}`),
    error: errorAt(error, name),
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  const clock = (name: "starts_at" | "ends_at") => ({
    ...field(name),
    value: wallClock(form[name], form.time_zone),
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: momentOf(event.currentTarget.value, form.time_zone) }),
  });
  return (
    <Stack gap="sm">
      <TextInput {...field("title")} required maxLength={500} />
      <TextInput {...field("place")} maxLength={500} />
      <NativeSelect {...field("time_zone")} description={t("one.zoneHint")} data={[...zonesWith(form.time_zone)]} />
      <Group grow align="start">
        <TextInput type="datetime-local" {...clock("starts_at")} required />
        <TextInput type="datetime-local" {...clock("ends_at")} required />
      </Group>
      <Textarea {...field("delegation")} description={t("one.editHint")} autosize minRows={2} />
      <Textarea {...field("interpreters")} description={t("one.editHint")} autosize minRows={1} />
      <TextInput {...field("languages")} description={t("one.languagesHint")} />
      <AttendingField chosen={form.contacts} onChange={(contacts) => onChange({ contacts })} />
      <Textarea {...field("agenda")} autosize minRows={3} />
    </Stack>
  );
}
