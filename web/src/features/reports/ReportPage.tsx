import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Report } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { StateWord } from "../../parts/StateWord";
import { useMarkingOf } from "../../shell/marking";
import { ClearanceChain } from "./ClearanceChain";
import { useReport } from "./queries";
import { ReportActions } from "./ReportActions";
import styles from "./ReportPage.module.css";
import { ReportText } from "./ReportText";
import { toneOfReport } from "./report-state";

const route = getRouteApi("/shell/reports/$id");

export function ReportPage() {
  const { t } = useTranslation("reports");
  const { id } = route.useParams();
  const report = useReport(id);
  useMarkingOf(report.data && [report.data, ...report.data.sections]);
  return (
    <Page title={report.data?.title ?? t("one.title")} lead={report.data && <Facts report={report.data} />}>
      <Outcome of={report}>
        {(data) => (
          <div className={styles.columns}>
            <ReportText report={data} />
            <aside className={styles.side} aria-label={t("one.side")}>
              <ReportActions report={data} />
              <ClearanceChain report={data} />
              <Addressees report={data} />
            </aside>
          </div>
        )}
      </Outcome>
    </Page>
  );
}

function Facts({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { word, words } = useWords();
  const { moment } = useTimes();
  return (
    <div className={styles.facts}>
      <span className="reference">{report.reference}</span>
      <span>{word("reportKind", report.kind)}</span>
      <StateWord tone={toneOfReport(report.state)}>{word("reportState", report.state)}</StateWord>
      <span>{words("country", report.countries)}</span>
      <span>{words("theme", report.themes)}</span>
      {report.issued_at && <span>{t("one.issuedAt", { moment: moment(report.issued_at) })}</span>}
      <LabelMark label={report.label} />
    </div>
  );
}

function Addressees({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { words } = useWords();
  const { action = [], info = [] } = report.addressees;
  if (action.length + info.length === 0) return null;
  return (
    <section aria-labelledby="addressees">
      <h2 id="addressees">{t("one.addressees")}</h2>
      {action.length > 0 && <p>{t("one.action", { organizations: words("organization", action) })}</p>}
      {info.length > 0 && <p>{t("one.info", { organizations: words("organization", info) })}</p>}
    </section>
  );
}
