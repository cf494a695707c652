import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ReportSummary } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord } from "../../parts/StateWord";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "../../parts/Table.module.css";
import { toneOfReport } from "./report-state";

export function ReportTable({ reports }: { reports: ReportSummary[] }) {
  const { t } = useTranslation("reports");
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(reports);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("title")} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("title")}</caption>
        <thead>
          <tr>
            {(["reference", "title", "kind", "state", "about", "updated", "label"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`list.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steady.items.map((report) => (
            <ReportRow key={report.id} report={report} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
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
