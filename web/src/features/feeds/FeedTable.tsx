import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Feed } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "../../parts/Table.module.css";
import { FeedStatus } from "./FeedStatus";

export function FeedTable({ feeds }: { feeds: Feed[] }) {
  const { t } = useTranslation("feeds");
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(feeds);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("title")} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("title")}</caption>
        <thead>
          <tr>
            {(["feed", "state", "heard", "adapter", "trust", "label"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steady.items.map((each) => (
            <FeedRow key={each.id} of={each} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function FeedRow({ of }: { of: Feed }) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  const { moment } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Link to="/feeds/$id" params={{ id: of.id }} data-row>
          {of.name}
        </Link>
        <div className="reference soft">{of.id}</div>
      </th>
      <td>
        <FeedStatus of={of} />
      </td>
      <td className={styles.nowrap}>{of.last_delivery_at ? moment(of.last_delivery_at) : t("never")}</td>
      <td>
        {word("adapter", of.adapter)}
        <div className="soft">{t(of.url ? "fetched" : "delivered")}</div>
      </td>
      <td>
        {word("trust", of.trust)}
        {of.leads_only && <div className="soft">{t("leadsOnly")}</div>}
      </td>
      <td>
        <LabelMark label={of.default_label} />
      </td>
    </tr>
  );
}
