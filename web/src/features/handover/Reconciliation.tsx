import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useWords } from "../../domain/words";
import { CountTable } from "../../parts/CountTable";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { StateWord } from "../../parts/StateWord";
import { useReconciliation } from "./queries";

const COUNTS = ["in_package", "placed", "matched", "kept", "quarantined", "elsewhere", "waiting"] as const;

/** What is in the package against what became of it, per kind. */
export function Reconciliation({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const found = useReconciliation(of);
  const columns = [t("columns.kind"), ...COUNTS.map((count) => t(`counts.${count}`))];
  return (
    <Panel id="reconciliation" title={t("reconciliation.title")}>
      <Outcome of={found}>
        {({ kinds, reconciles }) => (
          <>
            <CountTable title={t("reconciliation.title")} columns={columns}>
              {kinds.map((each) => (
                <tr key={each.kind}>
                  <th scope="row">{word("recordKind", each.kind)}</th>
                  {COUNTS.map((count) => (
                    <td key={count}>{each[count]}</td>
                  ))}
                </tr>
              ))}
            </CountTable>
            <p>
              <StateWord tone={reconciles ? "good" : "care"}>{t(reconciles ? "reconciliation.holds" : "reconciliation.open")}</StateWord>
            </p>
          </>
        )}
      </Outcome>
    </Panel>
  );
}
