import { useTranslation } from "react-i18next";
import type { Rejection } from "../../api/types";
import { LoadMore } from "../../parts/LoadMore";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { ScrollFrame } from "../../parts/ScrollFrame";
import styles from "../../parts/Table.module.css";
import { useRejections } from "./queries";

/** The refused rows of a delivery: where in the sender's own file, and why. */
export function Rejections({ submission }: { submission: string }) {
  const { t } = useTranslation("feeds");
  const found = useRejections(submission);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel id="rejections" title={t("rejections.title")}>
      <p className="soft">{t("rejections.lead")}</p>
      <Outcome of={found}>
        {() => (
          <ScrollFrame className={styles.scroll} label={t("rejections.title")}>
            <table className={styles.table}>
              <caption className="visually-hidden">{t("rejections.title")}</caption>
              <thead>
                <tr>
                  {(["place", "reason", "raw"] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`rejections.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((each) => (
                  <RejectionRow key={each.row} of={each} />
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        )}
      </Outcome>
      <LoadMore of={found} />
    </Panel>
  );
}

function RejectionRow({ of }: { of: Rejection }) {
  const { t } = useTranslation("feeds");
  const field = of.field ?? of.pointer;
  return (
    <tr>
      <th scope="row" className={styles.nowrap}>
        {of.line === null ? t("rejections.row", { row: of.row }) : t("rejections.line", { line: of.line })}
        {field && <div className="reference soft">{field}</div>}
      </th>
      <td>{of.reason}</td>
      <td>
        <code className="soft">{of.raw.length > 200 ? `${of.raw.slice(0, 200)}…` : of.raw}</code>
      </td>
    </tr>
  );
}
