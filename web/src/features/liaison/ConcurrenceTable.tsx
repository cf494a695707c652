import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import table from "../../parts/Table.module.css";
import { ConcurrenceActions } from "./ConcurrenceActions";
import { PartyNames } from "./PartyNames";

type Standing = Concurrence["standing"];

const TONES: Record<Standing, Tone> = { "in-force": "good", ahead: "accent", lapsed: "calm", requested: "care", declined: "bad", withdrawn: "bad" };
const ORDER: Standing[] = ["in-force", "requested", "ahead", "withdrawn", "declined", "lapsed"];

interface ConcurrenceTableProps {
  concurrences: Concurrence[];
  /** Ids of those that end soon. */
  ending: ReadonlySet<string>;
  /** True for what was known once: nothing is done to it. */
  isPast: boolean;
}

/** Concurrences in force first, then by the day they end. */
export function ConcurrenceTable({ concurrences, ending, isPast }: ConcurrenceTableProps) {
  const { t } = useTranslation("liaison");
  const sorted = concurrences.toSorted((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) || one.ends_at.localeCompare(other.ends_at));
  const columns = (["who", "government", "what", "until", "state", "basis", "label", "actions"] as const).filter((column) => !(isPast && column === "actions"));
  return (
    <RecordTable title={t("board.title")} heads={columns.map((column) => t(`board.${column}`))} of={sorted}>
      {(concurrence) => <ConcurrenceRow key={concurrence.id} concurrence={concurrence} isEnding={ending.has(concurrence.id)} isPast={isPast} />}
    </RecordTable>
  );
}

function ConcurrenceRow({ concurrence, isEnding, isPast }: { concurrence: Concurrence; isEnding: boolean; isPast: boolean }) {
  const { t } = useTranslation("liaison");
  const { word, words } = useWords();
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row">
        <PartyNames ids={concurrence.parties} kinds={concurrence.party_kinds} />
        <div className="reference soft">{concurrence.reference}</div>
      </th>
      <td>{concurrence.given_by === "unama" ? t("board.unama") : word("country", concurrence.country)}</td>
      <td>{words("theme", concurrence.themes)}</td>
      <td className={table.nowrap}>
        {day(concurrence.valid_from)} –<br />
        <strong>{day(concurrence.ends_at)}</strong>
      </td>
      <td>
        <StateWord tone={TONES[concurrence.standing]}>{word("concurrenceState", concurrence.standing)}</StateWord>
        {isEnding && (
          <div>
            <StateWord tone="care">{t("board.endsSoon")}</StateWord>
          </div>
        )}
        {concurrence.reason && <div className="soft">{concurrence.reason}</div>}
      </td>
      <td>
        <Basis concurrence={concurrence} />
      </td>
      <td>
        <LabelMark label={concurrence.label} />
      </td>
      {!isPast && (
        <td>
          <ConcurrenceActions concurrence={concurrence} />
        </td>
      )}
    </tr>
  );
}

function Basis({ concurrence }: { concurrence: Concurrence }) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const { day } = useTimes();
  const { basis, state, confirm_by, confirmed_at, term_ends, carried_by, answered_by, conditions } = concurrence;
  return (
    <>
      {word("basis", basis)}
      {confirm_by && !confirmed_at && <div className="soft">{t("board.confirmBy", { day: day(confirm_by) })}</div>}
      {term_ends && state === "requested" && <div className="soft">{t("board.termEnds", { day: day(term_ends) })}</div>}
      {carried_by && <div className="soft">{t("board.carriedBy", { note: carried_by })}</div>}
      {answered_by && <div className="soft">{t("board.answeredBy", { note: answered_by })}</div>}
      {conditions && <div className="soft">{conditions}</div>}
    </>
  );
}
