import { Button, Group } from "@mantine/core";
import type { SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../parts/Notice";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { assessedIn, blankSection, withSection } from "./draft";
import styles from "./Editor.module.css";
import type { KeptDraftHandle } from "./kept-draft";
import { ReportHead } from "./ReportHead";
import { SectionEditor } from "./SectionEditor";

interface EditorProps {
  kept: KeptDraftHandle;
  isSaving: boolean;
  error: unknown;
  onSave: () => void;
}

export function Editor({ kept, isSaving, error, onSave }: EditorProps) {
  const { t } = useTranslation("reports");
  const { draft, change } = kept;
  const assessed = assessedIn(draft);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <KeptNotices kept={kept} />
      <ReportHead draft={draft} onChange={change} />
      {draft.sections.map((section, index) => (
        <SectionEditor
          key={section.key}
          section={section}
          number={index + 1}
          assessed={assessed}
          onChange={(changed) => change(withSection(draft, section.key, () => changed))}
          onRemove={draft.sections.length > 1 ? () => change({ ...draft, sections: draft.sections.filter(({ key }) => key !== section.key) }) : undefined}
        />
      ))}
      <Button variant="default" onClick={() => change({ ...draft, sections: [...draft.sections, blankSection()] })}>
        {t("editor.addSection")}
      </Button>
      {error !== null && error !== undefined && <ProblemNotice error={error} />}
      <Group className={styles.foot}>
        <Button type="submit" loading={isSaving} disabled={draft.title.trim() === ""}>
          {t("editor.save")}
        </Button>
        <span className="soft">{t("editor.autosave")}</span>
      </Group>
    </form>
  );
}

function KeptNotices({ kept }: { kept: KeptDraftHandle }) {
  const { t } = useTranslation("reports");
  return (
    <>
      {kept.isRestored && <Notice>{t("editor.restored")}</Notice>}
      {kept.aside && (
        <Notice tone="care">
          {t("editor.aside")}
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" onClick={kept.bringBack}>
              {t("editor.bringBack")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={kept.discardAside}>
              {t("editor.discardAside")}
            </Button>
          </Group>
        </Notice>
      )}
    </>
  );
}
