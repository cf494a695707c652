import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, Note } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { LabelMark } from "../../parts/LabelMark";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { StateWord } from "../../parts/StateWord";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import styles from "./EngagementPage.module.css";
import { useKeptText } from "./kept-text";
import { useNoteFiling, useNotes, useNoteSaving } from "./note-queries";
import { ReadoutBlock } from "./ReadoutBlock";

/** What was recorded of an engagement, and one's own draft. */
export function NotePanel({ engagement }: { engagement: Engagement }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const notes = useNotes(engagement.id);
  const [isWriting, setWriting] = useState(false);
  useMarkingOf(notes.data?.items);
  const draft = notes.data?.items.find((note) => note.state === "draft");
  const filed = notes.data?.items.filter((note) => note.state === "filed") ?? [];
  const isEditing = may("draftNote") && (isWriting || draft !== undefined);
  const write = may("draftNote") && !isEditing && (
    <Button size="compact-sm" onClick={() => setWriting(true)}>
      {t("note.write")}
    </Button>
  );
  return (
    <Panel id="notes" title={t("note.title")} aside={write}>
      <Outcome of={notes}>
        {() => (
          <>
            {filed.length === 0 && !isEditing && <Empty>{t("note.none")}</Empty>}
            {isEditing && <NoteEditor key={draft?.id ?? "new"} engagement={engagement} note={draft} onFiled={() => setWriting(false)} />}
            {filed.map((note) => (
              <FiledNote key={note.id} note={note} />
            ))}
          </>
        )}
      </Outcome>
    </Panel>
  );
}

function FiledNote({ note }: { note: Note }) {
  const { t } = useTranslation("liaison");
  return (
    <article className={styles.note} aria-label={note.title}>
      <h3>
        {note.title} <span className="reference soft">{note.reference}</span>
      </h3>
      <Group gap="md">
        <StateWord tone="good">{t("note.filed")}</StateWord>
        <LabelMark label={note.label} />
      </Group>
      {note.statements.map((statement, index) => (
        <p key={index}>{statement.text}</p>
      ))}
      <ReadoutBlock note={note} />
    </article>
  );
}

function NoteEditor({ engagement, note, onFiled }: { engagement: Engagement; note: Note | undefined; onFiled: () => void }) {
  const { t } = useTranslation("liaison");
  const start = { title: note?.title ?? engagement.title, text: note?.statements.map(({ text }) => text).join("\n\n") ?? "" };
  const kept = useKeptText(`note:${engagement.id}`, start);
  const saving = useNoteSaving(engagement.id, note);
  const { title, text } = kept.value;
  const statements = text.split(/\n\s*\n/).map((each) => each.trim()).filter((each) => each !== "").map((each) => ({ text: each }));
  const isSaved = note !== undefined && start.title === title && start.text === text;
  return (
    <Stack gap="sm" mb="lg">
      <TextInput label={t("note.heading")} maxLength={500} value={title} onChange={(event) => kept.change({ title: event.currentTarget.value })} />
      <Textarea label={t("note.text")} description={t("note.kept")} autosize minRows={8} value={text} onChange={(event) => kept.change({ text: event.currentTarget.value })} />
      {saving.error && <ProblemNotice error={saving.error} />}
      <Group>
        <Button disabled={title.trim() === "" || statements.length === 0 || isSaved} loading={saving.isPending} onClick={() => saving.mutate({ title, statements }, { onSuccess: kept.forget })}>
          {t("note.save")}
        </Button>
        {note && <FileButton note={note} isBlocked={!isSaved} onFiled={onFiled} />}
      </Group>
    </Stack>
  );
}

function FileButton({ note, isBlocked, onFiled }: { note: Note; isBlocked: boolean; onFiled: () => void }) {
  const { t } = useTranslation("liaison");
  const [isOpen, setOpen] = useState(false);
  const filing = useNoteFiling(note);
  return (
    <>
      <Button variant="default" disabled={isBlocked} onClick={() => setOpen(true)}>
        {t("note.file")}
      </Button>
      {isOpen && (
        <ConfirmDialog title={t("note.fileTitle", { reference: note.reference })} confirm={t("note.file")} isPending={filing.isPending} error={filing.error} onConfirm={() => filing.mutate(undefined, { onSuccess: onFiled })} onClose={() => setOpen(false)}>
          <p>{t("note.fileDetail")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
