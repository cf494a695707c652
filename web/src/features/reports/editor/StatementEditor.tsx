import { Button, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CONFIDENCES, LIKELIHOODS, STATEMENT_KINDS } from "../../../domain/vocabulary";
import { useWords } from "../../../domain/words";
import { Choice } from "../../../parts/Choice";
import type { DraftStatement } from "./draft";
import styles from "./Editor.module.css";
import { EvidencePicker } from "./EvidencePicker";

interface StatementEditorProps {
  statement: DraftStatement;
  name: string;
  assessed: DraftStatement[];
  onChange: (changed: Partial<DraftStatement>) => void;
  onRemove: () => void;
}

/** One statement: what kind it is, its words, and what it rests on. */
export function StatementEditor({ statement, name, assessed, onChange, onRemove }: StatementEditorProps) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  return (
    <div className={styles.statement} role="group" aria-label={name} data-kind={statement.kind}>
      <div className={styles.statementHead}>
        <Choice label={t("editor.statementKind")} known={STATEMENT_KINDS} value={statement.kind} word={(code) => word("statementKind", code)} onChange={(kind) => kind && onChange({ kind })} />
        {statement.kind === "judgement" && <Judged statement={statement} onChange={onChange} />}
        <Button size="compact-sm" variant="subtle" color="bad" onClick={onRemove} aria-label={t("editor.removeStatement", { name })}>
          {t("editor.remove")}
        </Button>
      </div>
      <Textarea className={styles.words} label={t("editor.words", { name })} autosize minRows={2} maxLength={20000} value={statement.text} onChange={(event) => onChange({ text: event.currentTarget.value })} />
      {statement.kind !== "gap" && <EvidencePicker statement={statement} assessed={assessed} onChange={(evidence) => onChange({ evidence })} />}
    </div>
  );
}

function Judged({ statement, onChange }: Pick<StatementEditorProps, "statement" | "onChange">) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  return (
    <>
      <Choice
        label={t("editor.likelihood")}
        any={t("editor.choose")}
        known={LIKELIHOODS}
        value={LIKELIHOODS.find((code) => code === statement.likelihood)}
        word={(code) => word("likelihood", code)}
        onChange={(likelihood) => onChange({ likelihood: likelihood ?? "" })}
      />
      <Choice
        label={t("editor.confidence")}
        any={t("editor.choose")}
        known={CONFIDENCES}
        value={CONFIDENCES.find((code) => code === statement.confidence)}
        word={(code) => word("confidence", code)}
        onChange={(confidence) => onChange({ confidence: confidence ?? "" })}
      />
    </>
  );
}
