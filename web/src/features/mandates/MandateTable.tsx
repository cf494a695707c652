import { useTranslation } from "react-i18next";
import type { Mandate } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import table from "../../parts/Table.module.css";
import { MandateActions } from "./MandateActions";

const TONES: Record<Mandate["state"], Tone> = { "in-force": "good", pending: "accent", ended: "calm" };
const COLUMNS = ["mandate", "covers", "ceiling", "term", "state", "actions"] as const;

/** `isPast`: what was known once; nothing is done to it. */
export function MandateTable({ mandates, isPast }: { mandates: Mandate[]; isPast: boolean }) {
  const { t } = useTranslation("mandates");
  const columns = COLUMNS.filter((column) => !(isPast && column === "actions"));
  const sorted = mandates.toSorted((one, other) => one.organization.localeCompare(other.organization));
  return (
    <RecordTable title={t("title")} heads={columns.map((column) => t(`columns.${column}`))} of={sorted}>
      {(mandate) => <MandateRow key={mandate.id} mandate={mandate} isPast={isPast} />}
    </RecordTable>
  );
}

function MandateRow({ mandate, isPast }: { mandate: Mandate; isPast: boolean }) {
  const { word, words } = useWords();
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row">
        {word("organization", mandate.organization)}: {mandate.title}
        <div className="soft">{mandate.clause}</div>
      </th>
      <td>
        {words("theme", mandate.themes)}
        <div className="soft">{words("country", mandate.countries)}</div>
      </td>
      <td className={table.nowrap}>
        {word("sensitivity", mandate.ceiling.sensitivity)}
        <div>TLP:{mandate.ceiling.tlp}</div>
      </td>
      <td className={table.nowrap}>
        {day(mandate.valid_from)} –{mandate.ends_at && <div>{day(mandate.ends_at)}</div>}
      </td>
      <td>
        <Standing mandate={mandate} />
      </td>
      {!isPast && (
        <td>
          <MandateActions mandate={mandate} />
        </td>
      )}
    </tr>
  );
}

function Standing({ mandate }: { mandate: Mandate }) {
  const { t } = useTranslation("mandates");
  const { word } = useWords();
  const { moment } = useTimes();
  const { state, ended_at, ended_from, reason, corrected_at, corrected_because } = mandate;
  return (
    <>
      <StateWord tone={TONES[state]}>{word("mandateState", state)}</StateWord>
      {ended_at && ended_from && (
        <div className="soft">
          {t("ended", { from: moment(ended_from), at: moment(ended_at) })} {reason}
        </div>
      )}
      {corrected_at && (
        <div className="soft">
          {t("corrected", { at: moment(corrected_at) })} {corrected_because}
        </div>
      )}
    </>
  );
}
