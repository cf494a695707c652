import { Group, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, Position, PositionBody } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useParties } from "../liaison/queries";
import { useRecordPosition } from "./queries";

interface PositionDialogProps {
  contact: Contact;
  /** The position to be corrected; a new one is recorded without it. */
  position?: Position;
  onClose: () => void;
}

function formOf(position: Position | undefined) {
  const { title = "", party = null, organization = "", valid_from = "", valid_until = null } = position ?? {};
  return { title, party, organization: party ? "" : organization, valid_from, valid_until: valid_until ?? "" };
}

export function PositionDialog({ contact, position, onClose }: PositionDialogProps) {
  const { t } = useTranslation("contacts");
  const [body, setBody] = useState(() => formOf(position));
  const record = useRecordPosition(contact.id, position?.id);
  const change = (changed: Partial<typeof body>) => setBody((before) => ({ ...before, ...changed }));
  const where = body.party ? { party: body.party } : { organization: body.organization };
  const said: PositionBody = { title: body.title, valid_from: body.valid_from, ...where, ...(body.valid_until ? { valid_until: body.valid_until } : {}) };
  const isReady = body.title.trim() !== "" && body.valid_from !== "" && (body.party !== null || body.organization.trim() !== "");
  return (
    <ConfirmDialog title={position ? t("position.correctTitle", { title: position.title }) : t("position.add")} confirm={position ? t("position.correct") : t("position.confirm")} isBlocked={!isReady} isPending={record.isPending} error={record.error} onConfirm={() => record.mutate(said, { onSuccess: onClose })} onClose={onClose}>
      <Stack gap="sm">
        <TextInput label={t("position.what")} required maxLength={500} value={body.title} onChange={(event) => change({ title: event.currentTarget.value })} data-autofocus />
        <PartyChoice chosen={body.party} onChange={(party) => change({ party })} />
        {body.party === null && <TextInput label={t("position.elsewhere")} maxLength={500} value={body.organization} onChange={(event) => change({ organization: event.currentTarget.value })} />}
        <Group grow>
          <TextInput type="date" label={t("position.from")} required value={body.valid_from} onChange={(event) => change({ valid_from: event.currentTarget.value })} />
          <TextInput type="date" label={t("position.until")} value={body.valid_until} onChange={(event) => change({ valid_until: event.currentTarget.value })} />
        </Group>
      </Stack>
    </ConfirmDialog>
  );
}

/** All parties of the register, so that the one chosen before is among them. */
function PartyChoice({ chosen, onChange }: { chosen: string | null; onChange: (party: string | null) => void }) {
  const { t } = useTranslation("contacts");
  const data = (useParties().data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <Select label={t("position.party")} data={data} value={chosen} onChange={onChange} searchable clearable comboboxProps={{ withinPortal: true, zIndex: 400 }} />;
}
