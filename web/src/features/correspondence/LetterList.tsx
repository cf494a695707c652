import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Letter } from "../../api/types";
import { useTimes } from "../../domain/times";
import { LabelMark } from "../../parts/LabelMark";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { useSteadyOrder } from "../../parts/steady-order";
import table from "../../parts/Table.module.css";
import { useMarkingOf } from "../../shell/marking";
import { PartyNames } from "../liaison/PartyNames";
import { LetterState } from "./LetterState";
import { useLetters } from "./queries";
import type { LetterSearch } from "./search";

const COLUMNS = ["reference", "subject", "party", "handled", "reply", "label"] as const;

export function LetterList({ search }: { search: LetterSearch }) {
  const { t } = useTranslation("correspondence");
  const letters = useLetters(search);
  const items = letters.data?.pages.flatMap((page) => page.items) ?? [];
  const steady = useSteadyOrder(items);
  const body = useRef<HTMLTableElement>(null);
  useRowKeys(body);
  useMarkingOf(items);
  return (
    <Outcome of={letters}>
      {() =>
        items.length === 0 ? (
          <Empty>{t("empty")}</Empty>
        ) : (
          <>
            <ScrollFrame className={table.scroll} label={t("title")} {...steady.list}>
              <table ref={body} className={table.table}>
                <caption className="visually-hidden">{t("title")}</caption>
                <ListHead />
                <tbody>
                  {steady.items.map((letter) => (
                    <LetterRow key={letter.id} letter={letter} />
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
            <LoadMore of={letters} />
          </>
        )
      }
    </Outcome>
  );
}

function ListHead() {
  const { t } = useTranslation("correspondence");
  return (
    <thead>
      <tr>
        {COLUMNS.map((column) => (
          <th key={column} scope="col">
            {t(`columns.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function LetterRow({ letter }: { letter: Letter }) {
  const { t } = useTranslation("correspondence");
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        <Link to="/correspondence/$id" params={{ id: letter.id }} data-row className="reference">
          {letter.reference}
        </Link>
        <div className="soft">{t(`direction.${letter.direction}`)}</div>
      </th>
      <td>
        {letter.subject}
        <div className="soft">
          {t(`kind.${letter.kind}`)}
          {letter.their_reference && ` · ${letter.their_reference}`}
        </div>
      </td>
      <td>
        <PartyNames ids={[letter.party]} />
      </td>
      <td className={table.nowrap}>{day(letter.handled_on)}</td>
      <td>
        <LetterState of={letter} />
      </td>
      <td>
        <LabelMark label={letter.label} />
      </td>
    </tr>
  );
}
