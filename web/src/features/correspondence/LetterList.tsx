import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Letter } from "../../api/types";
import { useTimes } from "../../domain/times";
import { LabelMark } from "../../parts/LabelMark";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { RecordTable } from "../../parts/RecordTable";
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
  useMarkingOf(items);
  return (
    <Outcome of={letters}>
      {() =>
        items.length === 0 ? (
          <Empty>{t("empty")}</Empty>
        ) : (
          <>
            <RecordTable title={t("title")} heads={COLUMNS.map((column) => t(`columns.${column}`))} of={items}>
              {(letter) => <LetterRow key={letter.id} letter={letter} />}
            </RecordTable>
            <LoadMore of={letters} />
          </>
        )
      }
    </Outcome>
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
