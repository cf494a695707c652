import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useTimes } from "../../domain/times";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "../../parts/Table.module.css";
import { HandoverStatus } from "./HandoverStatus";

export function HandoverTable({ handovers }: { handovers: Handover[] }) {
  const { t } = useTranslation("handover");
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(handovers);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("title")} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("title")}</caption>
        <thead>
          <tr>
            {(["office", "period", "received", "state", "receipt", "label"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steady.items.map((each) => (
            <HandoverRow key={each.id} of={each} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
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
