import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Report } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { WithNames } from "../persons/WithNames";
import { usePermission, useSession } from "../session/session";
import { useReportStep } from "./queries";
import styles from "./ReportActions.module.css";
import { stepsOpenTo, type Step } from "./report-actions";

const EDITABLE: readonly Report["state"][] = ["draft", "submitted", "reviewed", "cleared"];

/** What this person can do with this text now. */
export function ReportActions({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const may = usePermission();
  const [chosen, setChosen] = useState<Step | undefined>(undefined);
  const { roles } = useSession();
  const steps = stepsOpenTo(report, may, roles);
  return (
    <section aria-labelledby="actions" className="no-print">
      <h2 id="actions">{t("actions.title")}</h2>
      <div className={styles.actions}>
        {steps.map((step) => (
          <StepButton key={step.verb} step={step} report={report} onChoose={() => setChosen(step)} />
        ))}
        {EDITABLE.includes(report.state) && may("editReport") && (
          <Link to="/reports/$id/edit" params={{ id: report.id }} className="button" data-plain>
            {t("actions.edit")}
          </Link>
        )}
        {may("readReportPdf") && <Formats id={report.id} />}
      </div>
      {chosen && <StepDialog step={chosen} report={report} onClose={() => setChosen(undefined)} />}
    </section>
  );
}

function StepButton({ step, report, onChoose }: { step: Step; report: Report; onChoose: () => void }) {
  const { t } = useTranslation("reports");
  const { client_id } = useSession();
  const isOwnText = step.isForOthers && report.authors.includes(client_id);
  const isPlain = step.verb === "return" || step.verb === "recall";
  return (
    <>
      <Button fullWidth variant={isPlain ? "default" : "filled"} disabled={isOwnText} aria-describedby={isOwnText ? `own-${step.verb}` : undefined} onClick={onChoose}>
        {t(`actions.${step.verb}`)}
      </Button>
      {isOwnText && (
        <p id={`own-${step.verb}`} className={styles.why}>
          {t("actions.ownText")}
        </p>
      )}
    </>
  );
}

function Formats({ id }: { id: string }) {
  const { t } = useTranslation("reports");
  return (
    <div className={styles.formats}>
      <a href={`/v1/reports/${id}/html`} target="_blank" rel="noreferrer">
        {t("actions.html")}
      </a>
      <a href={`/v1/reports/${id}/pdf`} target="_blank" rel="noreferrer">
        {t("actions.pdf")}
      </a>
      <WithNames path={`/v1/reports/${id}/pdf`} />
    </div>
  );
}

function StepDialog({ step, report, onClose }: { step: Step; report: Report; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const taken = useReportStep(report);
  return (
    <ConfirmDialog
      title={t(`confirm.${step.verb}.title`, { reference: report.reference })}
      confirm={t(`actions.${step.verb}`)}
      reason={step.asksFor && t(`confirm.${step.asksFor}`)}
      isDangerous={step.verb === "recall"}
      isPending={taken.isPending}
      error={taken.error}
      onConfirm={(words) => taken.mutate({ verb: step.verb, words }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{report.title}</strong>
      </p>
      <p>{t(`confirm.${step.verb}.detail`)}</p>
    </ConfirmDialog>
  );
}
