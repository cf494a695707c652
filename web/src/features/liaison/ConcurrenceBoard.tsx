import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord, type Tone } from "../../parts/StateWord";
import { useSteadyOrder } from "../../parts/steady-order";
import table from "../../parts/Table.module.css";
import { useMarkingOf } from "../../shell/marking";
import { ConcurrenceActions } from "./ConcurrenceActions";
import { PartyNames } from "./PartyNames";
import { useConcurrences } from "./queries";
import type { LiaisonSearch } from "./search";

type Standing = Concurrence["standing"];

const SOON_MS = 30 * 24 * 3600 * 1000;
const TONES: Record<Standing, Tone> = { "in-force": "good", ahead: "accent", lapsed: "calm", requested: "care", declined: "bad", withdrawn: "bad" };
const ORDER: Standing[] = ["in-force", "requested", "ahead", "withdrawn", "declined", "lapsed"];

/** Who may be met, on what, until when, and which Government said so. */
export function ConcurrenceBoard({ country }: { country: LiaisonSearch["country"] }) {
  const { t } = useTranslation("liaison");
  const concurrences = useConcurrences(country);
  const items = concurrences.data?.pages.flatMap((page) => page.items) ?? [];
  const sorted = items.toSorted((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) || one.ends_at.localeCompare(other.ends_at));
  const steady = useSteadyOrder(sorted);
  const body = useRef<HTMLTableElement>(null);
  useRowKeys(body);
  useMarkingOf(items);
  return (
    <Panel id="board" title={t("board.title")}>
      <Outcome of={concurrences}>
        {() =>
          items.length === 0 ? (
            <Empty>{t("board.empty")}</Empty>
          ) : (
            <ScrollFrame className={table.scroll} label={t("board.title")} {...steady.list}>
              <table ref={body} className={table.table}>
                <caption className="visually-hidden">{t("board.title")}</caption>
                <BoardHead />
                <tbody>
                  {steady.items.map((concurrence) => (
                    <ConcurrenceRow key={concurrence.id} concurrence={concurrence} />
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
          )
        }
      </Outcome>
      <LoadMore of={concurrences} />
    </Panel>
  );
}

function BoardHead() {
  const { t } = useTranslation("liaison");
  return (
    <thead>
      <tr>
        {(["who", "government", "what", "until", "state", "basis", "label", "actions"] as const).map((column) => (
          <th key={column} scope="col">
            {t(`board.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** In force now and over within a month: somebody has to ask again. */
function endsSoon({ standing, ends_at, basis, confirmed_at, confirm_by }: Concurrence): boolean {
  const end = basis === "oral" && !confirmed_at && confirm_by && confirm_by < ends_at ? confirm_by : ends_at;
  return standing === "in-force" && new Date(end).getTime() < Date.now() + SOON_MS;
}

function ConcurrenceRow({ concurrence }: { concurrence: Concurrence }) {
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
        {endsSoon(concurrence) && <StateWord tone="care">{t("board.endsSoon")}</StateWord>}
        {concurrence.reason && <div className="soft">{concurrence.reason}</div>}
      </td>
      <td>
        {word("basis", concurrence.basis)}
        {concurrence.confirm_by && !concurrence.confirmed_at && <div className="soft">{t("board.confirmBy", { day: day(concurrence.confirm_by) })}</div>}
        {concurrence.term_ends && concurrence.state === "requested" && <div className="soft">{t("board.termEnds", { day: day(concurrence.term_ends) })}</div>}
        {concurrence.carried_by && <div className="soft">{concurrence.carried_by}</div>}
        {concurrence.conditions && <div className="soft">{concurrence.conditions}</div>}
      </td>
      <td>
        <LabelMark label={concurrence.label} />
      </td>
      <td>
        <ConcurrenceActions concurrence={concurrence} />
      </td>
    </tr>
  );
}
