import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Submission } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord, type Tone } from "../../parts/StateWord";
import styles from "../../parts/Table.module.css";
import { useSubmissions } from "./queries";

const COUNTS = ["received", "accepted", "duplicate", "rejected"] as const;
const TONES: Record<Submission["status"], Tone> = { received: "care", processing: "accent", completed: "good", failed: "bad" };

/** What a feed delivered, newest first. */
export function SubmissionTable({ feed, open }: { feed: string; open: string | undefined }) {
  const { t } = useTranslation("feeds");
  const found = useSubmissions(feed);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel id="submissions" title={t("submissions.title")}>
      <Outcome of={found}>{() => (items.length === 0 ? <Empty>{t("submissions.empty")}</Empty> : <Rows submissions={items} open={open} />)}</Outcome>
      <LoadMore of={found} />
    </Panel>
  );
}

function Rows({ submissions, open }: { submissions: Submission[]; open: string | undefined }) {
  const { t } = useTranslation("feeds");
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("submissions.title")}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("submissions.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("submissions.at")}</th>
            <th scope="col">{t("columns.state")}</th>
            {COUNTS.map((count) => (
              <th key={count} scope="col">
                {t(`submissions.${count}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {submissions.map((each) => (
            <SubmissionRow key={each.id} of={each} isOpen={each.id === open} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function SubmissionRow({ of, isOpen }: { of: Submission; isOpen: boolean }) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  const { moment } = useTimes();
  const at = moment(of.created_at);
  return (
    <tr data-chosen={isOpen || undefined}>
      <th scope="row" className={styles.nowrap}>
        {of.rejected > 0 ? (
          <Link to="/feeds/$id" params={{ id: of.feed }} search={{ submission: isOpen ? undefined : of.id }} replace resetScroll={false} aria-expanded={isOpen} aria-label={t("submissions.open", { at })} data-row>
            {at}
          </Link>
        ) : (
          at
        )}
      </th>
      <td>
        <StateWord tone={TONES[of.status]}>{word("submissionStatus", of.status)}</StateWord>
        {of.failure && <div className="soft">{of.failure}</div>}
      </td>
      {COUNTS.map((count) => (
        <td key={count}>{of[count]}</td>
      ))}
    </tr>
  );
}
