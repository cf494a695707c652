import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Effort } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import table from "../../parts/Table.module.css";
import { Grade } from "../incidents/Grade";

const COLUMNS = ["what", "where", "when", "grade", "label"] as const;

/** Efforts, newest first; the order holds while somebody is on one. */
export function EffortList({ efforts, open }: { efforts: Effort[]; open: string | undefined }) {
  const { t } = useTranslation("efforts");
  return (
    <RecordTable title={t("title")} heads={COLUMNS.map((column) => t(`columns.${column}`))} of={efforts}>
      {(effort) => <Row key={effort.id} effort={effort} isOpen={effort.id === open} />}
    </RecordTable>
  );
}

function Row({ effort, isOpen }: { effort: Effort; isOpen: boolean }) {
  const { word, words } = useWords();
  const { day } = useTimes();
  return (
    <tr aria-current={isOpen}>
      <th scope="row">
        <Link from="/efforts" to="/efforts" search={(before) => ({ ...before, open: effort.id })} resetScroll={false} preload={false} data-row>
          {effort.title}
        </Link>
        <div className="soft">
          {word("effortKind", effort.kind)} · {effort.actors.join(", ")}
        </div>
      </th>
      <td>
        {words("country", effort.countries)}
        <div className="soft">{words("theme", effort.themes)}</div>
      </td>
      <td className={table.nowrap}>
        {day(effort.occurred_at)}
        <div className="reference">{effort.reference}</div>
      </td>
      <td>
        <Grade reliability={effort.reliability} credibility={effort.credibility} />
      </td>
      <td>
        <LabelMark label={effort.label} />
      </td>
    </tr>
  );
}
