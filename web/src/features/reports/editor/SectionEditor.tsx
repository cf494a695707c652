import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FACETS } from "../../../domain/vocabulary";
import { useWords } from "../../../domain/words";
import { Choice } from "../../../parts/Choice";
import { blankStatement, withStatement, type DraftSection, type DraftStatement } from "./draft";
import styles from "./Editor.module.css";
import { StatementEditor } from "./StatementEditor";

interface SectionEditorProps {
  section: DraftSection;
  number: number;
  assessed: DraftStatement[];
  onChange: (section: DraftSection) => void;
  onRemove: (() => void) | undefined;
}

export function SectionEditor({ section, number, assessed, onChange, onRemove }: SectionEditorProps) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const name = t("editor.section", { number });
  return (
    <section className={styles.section} aria-label={name}>
      <div className={styles.sectionHead}>
        <TextInput label={t("editor.sectionTitle", { number })} value={section.title} onChange={(event) => onChange({ ...section, title: event.currentTarget.value })} />
        <Choice label={t("editor.facet")} known={FACETS} value={section.facet} word={(code) => word("facet", code)} onChange={(facet) => facet && onChange({ ...section, facet })} />
        {onRemove && (
          <Button variant="subtle" color="bad" onClick={onRemove} aria-label={t("editor.removeSection", { number })}>
            {t("editor.remove")}
          </Button>
        )}
      </div>
      {section.statements.map((statement, index) => (
        <StatementEditor
          key={statement.key}
          statement={statement}
          name={t("editor.statement", { section: number, number: index + 1 })}
          assessed={assessed}
          onChange={(changed) => onChange(withStatement(section, statement.key, changed))}
          onRemove={() => onChange({ ...section, statements: section.statements.filter(({ key }) => key !== statement.key) })}
        />
      ))}
      <Button mt="sm" size="xs" variant="default" onClick={() => onChange({ ...section, statements: [...section.statements, blankStatement()] })}>
        {t("editor.addStatement")}
      </Button>
    </section>
  );
}
