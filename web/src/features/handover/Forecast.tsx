import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useWords } from "../../domain/words";
import { CountTable } from "../../parts/CountTable";
import { Panel } from "../../parts/Panel";

/** The dry run: nothing is written yet. */
export function Forecast({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const flaws = of.forecast.flatMap(({ series, flaws }) => flaws.map((flaw) => ({ series, ...flaw })));
  const columns = (["series", "kind", "wouldPlace", "wouldQuarantine"] as const).map((column) => t(`columns.${column}`));
  return (
    <Panel id="forecast" title={t("forecast.title")}>
      <p className="soft">{t("forecast.lead")}</p>
      <CountTable title={t("forecast.title")} columns={columns}>
        {of.forecast.map((each) => (
          <tr key={each.series}>
            <th scope="row" className="reference">
              {each.series}
            </th>
            <td>{word("recordKind", each.kind)}</td>
            <td>{each.would_place}</td>
            <td>{each.would_quarantine}</td>
          </tr>
        ))}
      </CountTable>
      {flaws.length > 0 && (
        <ul>
          {flaws.map(({ series, line, pointer, reason }) => (
            <li key={`${series} ${line}`}>
              {t("forecast.flaw", { series, line })} <span className="reference">{pointer}</span> {reason}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
