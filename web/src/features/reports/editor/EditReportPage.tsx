import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../../api/problem";
import type { Report } from "../../../api/types";
import { Notice } from "../../../parts/Notice";
import { Outcome } from "../../../parts/Outcome";
import { Page } from "../../../parts/Page";
import { useMarkingOf } from "../../../shell/marking";
import { useReport, useUpdateReport } from "../queries";
import { ConflictDialog } from "./ConflictDialog";
import { bodyOf, draftOf } from "./draft";
import { Editor } from "./Editor";
import { useKeptDraft } from "./kept-draft";

const route = getRouteApi("/shell/reports/$id/edit");
const STALE = 412;

export function EditReportPage() {
  const { t } = useTranslation("reports");
  const { id } = route.useParams();
  const report = useReport(id);
  useMarkingOf(report.data && [report.data, ...report.data.sections]);
  const title = report.data ? t("editor.edit", { reference: report.data.reference }) : t("one.title");
  return (
    <Page title={title} lead={t("editor.lead")}>
      <Outcome of={report}>{(data) => <EditReport key={data.id} report={data} />}</Outcome>
    </Page>
  );
}

function EditReport({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const kept = useKeptDraft(report.id, { draft: draftOf(report), baseVersion: report.version });
  const update = useUpdateReport(report.id);
  const navigate = useNavigate();
  const [isConflict, setConflict] = useState(false);
  const save = () =>
    update.mutate(
      { body: bodyOf(kept.draft), version: kept.baseVersion },
      {
        onSuccess: () => {
          kept.forget();
          void navigate({ to: "/reports/$id", params: { id: report.id } });
        },
        onError: (error) => setConflict(asProblem(error).status === STALE),
      },
    );
  return (
    <>
      {report.state !== "draft" && <Notice tone="care">{t("editor.voids")}</Notice>}
      {report.version !== kept.baseVersion && !isConflict && <Notice tone="care">{t("editor.changedMeanwhile")}</Notice>}
      <Editor kept={kept} isSaving={update.isPending} error={isConflict ? null : update.error} onSave={save} />
      {isConflict && <ConflictDialog id={report.id} kept={kept} onClose={() => setConflict(false)} />}
    </>
  );
}
