import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Party } from "../../api/types";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "../../parts/Table.module.css";

export function PartyTable({ parties }: { parties: Party[] }) {
  const { t } = useTranslation("contacts");
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(parties);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("parties.title")} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("parties.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("list.name")}</th>
            <th scope="col">{t("parties.kind")}</th>
            <th scope="col">{t("list.countries")}</th>
            <th scope="col">{t("list.label")}</th>
          </tr>
        </thead>
        <tbody>
          {steady.items.map((party) => (
            <PartyRow key={party.id} party={party} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function PartyRow({ party }: { party: Party }) {
  const { t } = useTranslation("contacts");
  const { word, words } = useWords();
  return (
    <tr>
      <th scope="row">
        <Link to="/parties/$id" params={{ id: party.id }} data-row>
          {party.name}
        </Link>
        {party.names.length > 0 && <div className="soft">{party.names.map(({ name }) => name).join(" · ")}</div>}
      </th>
      <td>
        {word("partyKind", party.kind)}
        {party.members.length > 0 && <div className="soft">{t("parties.joint")}</div>}
      </td>
      <td>{words("country", party.countries)}</td>
      <td>
        <LabelMark label={party.label} />
      </td>
    </tr>
  );
}
