import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Note, Readout } from "../../api/types";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { StateWord } from "../../parts/StateWord";
import { usePermission } from "../session/session";
import { useKeptText } from "./kept-text";
import { useReadout, useReadoutApproval, useReadoutSaving } from "./note-queries";

/** The public version of a note: written by an officer, approved by the Head. */
export function ReadoutBlock({ note }: { note: Note }) {
  const readout = useReadout(note.id);
  const may = usePermission();
  return (
    <Outcome of={readout}>
      {(found) => (
        <>
          {found && <ShownReadout note={note} readout={found} />}
          {found?.state !== "approved" && may("draftReadout") && <ReadoutEditor key={found?.version ?? 0} note={note} readout={found} />}
        </>
      )}
    </Outcome>
  );
}

function ShownReadout({ note, readout }: { note: Note; readout: Readout }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const approval = useReadoutApproval(note.id, readout);
  return (
    <section aria-label={t("readout.title")}>
      <h4>{t("readout.title")}</h4>
      <Group gap="md">
        <StateWord tone={readout.state === "approved" ? "good" : "care"}>{t(`readout.${readout.state}`)}</StateWord>
        <LabelMark label={readout.label} />
        {readout.state === "draft" && may("approveReadout") && (
          <Button size="compact-sm" loading={approval.isPending} onClick={() => approval.mutate()}>
            {t("readout.approve")}
          </Button>
        )}
      </Group>
      <p>{readout.text}</p>
      {approval.error && <ProblemNotice error={approval.error} />}
    </section>
  );
}

function ReadoutEditor({ note, readout }: { note: Note; readout: Readout | null }) {
  const { t } = useTranslation("liaison");
  const [isOpen, setOpen] = useState(false);
  const kept = useKeptText(`readout:${note.id}`, { text: readout?.text ?? "" });
  const saving = useReadoutSaving(note.id, readout);
  const saved = () => {
    kept.forget();
    setOpen(false);
  };
  if (!isOpen)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("readout.write")}
      </Button>
    );
  return (
    <>
      <Textarea label={t("readout.text")} autosize minRows={4} mb="sm" value={kept.value.text} onChange={(event) => kept.change({ text: event.currentTarget.value })} />
      {saving.error && <ProblemNotice error={saving.error} />}
      <Button size="compact-sm" disabled={kept.value.text.trim() === ""} loading={saving.isPending} onClick={() => saving.mutate({ title: readout?.title ?? note.title, text: kept.value.text }, { onSuccess: saved })}>
        {t("readout.save")}
      </Button>
    </>
  );
}
