import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { CountTable } from "../../parts/CountTable";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import table from "../../parts/Table.module.css";
import { useIssuedCopies } from "./queries";

/** Files that went out with the person in them: an erasure lists them, and does not call them back (R4). */
export function IssuedCopies({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const { moment } = useTimes();
  const copies = useIssuedCopies(contact.id);
  const columns = (["what", "who", "organization", "when", "request"] as const).map((column) => t(`copies.${column}`));
  return (
    <Panel id="copies" title={t("copies.title")}>
      <p className="soft">{t("copies.lead")}</p>
      <Outcome of={copies}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t("copies.empty")}</Empty>
          ) : (
            <CountTable title={t("copies.title")} columns={columns}>
              {items.map((copy) => (
                <tr key={copy.request_id}>
                  <th scope="row">{word("issuedBy", copy.operation)}</th>
                  <td>{copy.actor}</td>
                  <td>{word("organization", copy.organization)}</td>
                  <td className={table.nowrap}>{moment(copy.at)}</td>
                  <td className="reference">{copy.request_id}</td>
                </tr>
              ))}
            </CountTable>
          )
        }
      </Outcome>
    </Panel>
  );
}
