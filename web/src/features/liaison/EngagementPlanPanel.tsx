import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, EngagementPlan } from "../../api/types";
import { useTimes } from "../../domain/times";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Panel } from "../../parts/Panel";
import { usePermission } from "../session/session";
import styles from "./EngagementPage.module.css";
import { PartyNames } from "./PartyNames";
import { useEngagementEdit } from "./queries";

const EDITABLE: readonly Engagement["state"][] = ["proposed", "scheduled", "suspended"];

/** Who goes where, to talk with whom about what. */
export function EngagementPlanPanel({ engagement }: { engagement: Engagement }) {
  const { t } = useTranslation("liaison");
  const { moment } = useTimes();
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const facts = [
    [t("one.when"), `${moment(engagement.starts_at)} – ${moment(engagement.ends_at)} (${t("one.zone")}: ${engagement.time_zone})`],
    [t("one.place"), engagement.place],
    [t("one.delegation"), engagement.delegation.join(", ")],
    [t("one.interpreters"), engagement.interpreters.join(", ")],
    [t("one.languages"), engagement.languages.join(", ")],
    [t("one.agenda"), engagement.agenda],
  ] as const;
  const edit = may("editEngagement") && EDITABLE.includes(engagement.state) && (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
      {t("one.edit")}
    </Button>
  );
  return (
    <Panel id="plan" title={t("one.plan")} aside={edit}>
      <dl className={styles.plan}>
        <dt>{t("one.parties")}</dt>
        <dd>
          <PartyNames ids={engagement.parties} />
        </dd>
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}:`}>{value === null || value === "" ? <span className="soft">{t("one.none")}</span> : value}</dd>])}
      </dl>
      {isOpen && <PlanDialog engagement={engagement} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

function PlanDialog({ engagement, onClose }: { engagement: Engagement; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const { kind, parties, countries, themes, starts_at, ends_at, contacts } = engagement;
  const [form, setForm] = useState({
    title: engagement.title,
    place: engagement.place ?? "",
    time_zone: engagement.time_zone,
    agenda: engagement.agenda ?? "",
    delegation: engagement.delegation.join("\n"),
    interpreters: engagement.interpreters.join("\n"),
    languages: engagement.languages.join(", "),
  });
  const edit = useEngagementEdit(engagement);
  const change = (changed: Partial<typeof form>) => setForm((before) => ({ ...before, ...changed }));
  const send = () => {
    const kept = { kind, parties, countries, themes, starts_at, ends_at, contacts };
    const texts = { title: form.title, time_zone: form.time_zone, place: form.place.trim() || null, agenda: form.agenda.trim() || null };
    const body: EngagementPlan = { ...kept, ...texts, delegation: linesOf(form.delegation), interpreters: linesOf(form.interpreters), languages: linesOf(form.languages.replaceAll(",", "\n")) };
    edit.mutate(body, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog title={t("one.editTitle", { reference: engagement.reference })} confirm={t("one.editConfirm")} size="lg" isBlocked={form.title.trim() === ""} isPending={edit.isPending} error={edit.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <TextInput label={t("propose.title")} required maxLength={500} value={form.title} onChange={(event) => change({ title: event.currentTarget.value })} />
        <TextInput label={t("one.place")} maxLength={500} value={form.place} onChange={(event) => change({ place: event.currentTarget.value })} />
        <TextInput label={t("one.zone")} value={form.time_zone} onChange={(event) => change({ time_zone: event.currentTarget.value })} />
        <Textarea label={t("one.delegation")} description={t("one.editHint")} autosize minRows={2} value={form.delegation} onChange={(event) => change({ delegation: event.currentTarget.value })} />
        <Textarea label={t("one.interpreters")} description={t("one.editHint")} autosize minRows={1} value={form.interpreters} onChange={(event) => change({ interpreters: event.currentTarget.value })} />
        <TextInput label={t("one.languages")} value={form.languages} onChange={(event) => change({ languages: event.currentTarget.value })} />
        <Textarea label={t("one.agenda")} autosize minRows={3} value={form.agenda} onChange={(event) => change({ agenda: event.currentTarget.value })} />
      </Stack>
    </ConfirmDialog>
  );
}
