import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Feed } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import styles from "../../parts/Table.module.css";
import { FeedStatus } from "./FeedStatus";

export function FeedTable({ feeds }: { feeds: Feed[] }) {
  const { t } = useTranslation("feeds");
  return (
    <RecordTable title={t("title")} heads={(["feed", "state", "heard", "adapter", "trust", "label"] as const).map((column) => t(`columns.${column}`))} of={feeds}>
      {(each) => <FeedRow key={each.id} of={each} />}
    </RecordTable>
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
