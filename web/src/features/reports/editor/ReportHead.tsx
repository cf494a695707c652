import { MultiSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ADDRESSEES, COUNTRIES, REPORT_KINDS, SENSITIVITIES, THEMES, TLPS } from "../../../domain/vocabulary";
import { useWords } from "../../../domain/words";
import { Choice } from "../../../parts/Choice";
import { ManyChoice } from "../../../parts/ManyChoice";
import type { Draft } from "./draft";
import styles from "./Editor.module.css";

/** What the report is, about which places and themes, and how it is marked. */
export function ReportHead({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const recipients = ADDRESSEES.map((slug) => ({ value: slug, label: word("organization", slug) }));
  const change = (changed: Partial<Draft>) => onChange({ ...draft, ...changed });
  return (
    <div className={styles.head}>
      <TextInput className={styles.wide} label={t("editor.title")} required maxLength={500} value={draft.title} onChange={(event) => change({ title: event.currentTarget.value })} />
      <Choice label={t("editor.kind")} known={REPORT_KINDS} value={draft.kind} word={(code) => word("reportKind", code)} onChange={(kind) => kind && change({ kind })} />
      <Choice label={t("editor.sensitivity")} known={SENSITIVITIES} value={draft.sensitivity} word={(code) => word("sensitivity", code)} onChange={(sensitivity) => sensitivity && change({ sensitivity })} />
      <Choice label="TLP" known={TLPS} value={draft.tlp} word={(code) => `TLP:${code}`} onChange={(tlp) => tlp && change({ tlp })} />
      <div className={styles.wide}>
        <ManyChoice label={t("editor.countries")} known={COUNTRIES} chosen={draft.countries} word={(code) => word("country", code)} onChange={(countries) => change({ countries })} />
      </div>
      <div className={styles.wide}>
        <ManyChoice label={t("editor.themes")} known={THEMES} chosen={draft.themes} word={(code) => word("theme", code)} onChange={(themes) => change({ themes })} />
      </div>
      <MultiSelect label={t("editor.action")} data={recipients} value={draft.action} onChange={(action) => change({ action })} />
      <MultiSelect label={t("editor.info")} data={recipients} value={draft.info} onChange={(info) => change({ info })} />
    </div>
  );
}
