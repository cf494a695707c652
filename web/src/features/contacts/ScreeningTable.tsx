import { Button, Checkbox, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Screening } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import { usePermission } from "../session/session";
import { useDecide, type Decision } from "./queries";

const TONES: Record<Screening["state"], Tone> = { pending: "care", cleared: "good", confirmed: "bad", lapsed: "calm" };

export function ScreeningTable({ screenings }: { screenings: Screening[] }) {
  const { t } = useTranslation("contacts");
  return (
    <RecordTable title={t("screening.title")} heads={(["who", "listed", "score", "state", "label", "actions"] as const).map((column) => t(`screening.${column}`))} of={screenings}>
      {(screening) => <ScreeningRow key={screening.id} screening={screening} />}
    </RecordTable>
  );
}

function ScreeningRow({ screening }: { screening: Screening }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const { words_alike: alike, words_listed: listed, by } = screening.explanation as { words_alike: number; words_listed: number; by: "sound" | "consonants" };
  return (
    <tr>
      <th scope="row">
        <a href={`/${screening.subject_type === "contact" ? "contacts" : "parties"}/${screening.subject_id}`}>{screening.subject_name ?? t("screening.gone")}</a>
      </th>
      <td>
        {screening.listed_name}
        <div className="reference soft">{screening.reference}</div>
      </td>
      <td>
        {screening.score}
        <div className="soft">{t(`screening.by.${by}`, { alike, listed })}</div>
      </td>
      <td>
        <StateWord tone={TONES[screening.state]}>{word("screeningState", screening.state)}</StateWord>
        {screening.state === "confirmed" && <div>{screening.may_be_met ? t("screening.mayBeMet") : t("screening.mayNotBeMet")}</div>}
        {screening.reason && <div className="soft">{screening.reason}</div>}
      </td>
      <td>
        <LabelMark label={screening.label} />
      </td>
      <td>
        <Decide screening={screening} />
      </td>
    </tr>
  );
}

function Decide({ screening }: { screening: Screening }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const [open, setOpen] = useState<Decision["verb"] | undefined>(undefined);
  if (!may("clearScreening") || screening.state === "lapsed") return null;
  return (
    <Group gap="xs">
      <Button size="compact-sm" data-row onClick={() => setOpen("clear")}>
        {t("screening.clear")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setOpen("confirm")}>
        {t("screening.confirm")}
      </Button>
      {open && <DecideDialog verb={open} screening={screening} onClose={() => setOpen(undefined)} />}
    </Group>
  );
}

function DecideDialog({ verb, screening, onClose }: { verb: Decision["verb"]; screening: Screening; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const [mayBeMet, setMayBeMet] = useState(false);
  const decide = useDecide(screening);
  return (
    <ConfirmDialog
      title={t(`screening.${verb}`)}
      confirm={t(`screening.${verb}`)}
      reason={t("step.reason")}
      isDangerous={verb === "confirm"}
      isPending={decide.isPending}
      error={decide.error}
      onConfirm={(reason) => decide.mutate({ verb, reason, mayBeMet }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{screening.subject_name}</strong> – {screening.listed_name} <span className="reference">{screening.reference}</span>
      </p>
      <p>{t(`screening.${verb}Detail`)}</p>
      {verb === "confirm" && <Checkbox label={t("screening.mayBeMetLabel")} checked={mayBeMet} onChange={(event) => setMayBeMet(event.currentTarget.checked)} />}
    </ConfirmDialog>
  );
}
