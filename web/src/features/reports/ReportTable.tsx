import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ReportSummary } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord } from "../../parts/StateWord";
import styles from "../../parts/Table.module.css";
import { toneOfReport } from "./report-state";

export function ReportTable({ reports }: { reports: ReportSummary[] }) {
  const { t } = useTranslation("reports");
  return (
    <RecordTable title={t("title")} heads={(["reference", "title", "kind", "state", "about", "updated", "label"] as const).map((column) => t(`list.${column}`))} of={reports}>
      {(report) => <ReportRow key={report.id} report={report} />}
    </RecordTable>
  );
}

function ReportRow({ report }: { report: ReportSummary }) {
  const { word, words } = useWords();
  const { moment } = useTimes();
  return (
    <tr>
      <td className="reference">{report.reference}</td>
      <th scope="row">
        <Link to="/reports/$id" params={{ id: report.id }} data-row>
          {report.title}
        </Link>
      </th>
      <td>{word("reportKind", report.kind)}</td>
      <td>
        <StateWord tone={toneOfReport(report.state)}>{word("reportState", report.state)}</StateWord>
      </td>
      <td>
        {words("country", report.countries)}
        <div className="soft">{words("theme", report.themes)}</div>
      </td>
      <td className={styles.nowrap}>
        <time dateTime={report.updated_at}>{moment(report.updated_at)}</time>
      </td>
      <td>
        <LabelMark label={report.label} />
      </td>
    </tr>
  );
}
