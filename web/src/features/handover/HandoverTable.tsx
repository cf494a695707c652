import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useTimes } from "../../domain/times";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import styles from "../../parts/Table.module.css";
import { HandoverStatus } from "./HandoverStatus";

export function HandoverTable({ handovers }: { handovers: Handover[] }) {
  const { t } = useTranslation("handover");
  return (
    <RecordTable title={t("title")} heads={(["office", "period", "received", "state", "receipt", "label"] as const).map((column) => t(`columns.${column}`))} of={handovers}>
      {(each) => <HandoverRow key={each.id} of={each} />}
    </RecordTable>
  );
}

function HandoverRow({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Link to="/handovers/$id" params={{ id: of.id }} data-row>
          {of.office_name}
        </Link>
      </th>
      <td className={styles.nowrap}>
        {day(of.period_begin)} –<br />
        {day(of.period_end)}
      </td>
      <td className={styles.nowrap}>{day(of.created_at)}</td>
      <td>
        <HandoverStatus of={of} />
      </td>
      <td>{t(of.countersigned ? "receipt.both" : of.signed ? "receipt.one" : "receipt.none")}</td>
      <td>
        <LabelMark label={of.label} />
      </td>
    </tr>
  );
}
