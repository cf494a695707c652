import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page";
import { useCreateReport } from "../queries";
import { blankDraft, bodyOf } from "./draft";
import { Editor } from "./Editor";
import { useKeptDraft } from "./kept-draft";

export function NewReportPage() {
  const { t } = useTranslation("reports");
  const kept = useKeptDraft("new", { draft: blankDraft(), baseVersion: 0 });
  const create = useCreateReport();
  const navigate = useNavigate();
  const save = () =>
    create.mutate(bodyOf(kept.draft), {
      onSuccess: ({ id }) => {
        kept.forget();
        void navigate({ to: "/reports/$id", params: { id } });
      },
    });
  return (
    <Page title={t("editor.new")} lead={t("editor.lead")}>
      <Editor kept={kept} isSaving={create.isPending} error={create.error} onSave={save} />
    </Page>
  );
}
