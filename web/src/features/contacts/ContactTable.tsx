import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord, type Tone } from "../../parts/StateWord";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "../../parts/Table.module.css";

export const CONTACT_TONES: Record<Contact["state"], Tone> = { active: "good", restricted: "bad", merged: "calm", erased: "calm" };

export function ContactTable({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation("contacts");
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(contacts);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={t("title")} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{t("title")}</caption>
        <thead>
          <tr>
            {(["name", "position", "countries", "state", "review", "label"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`list.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steady.items.map((contact) => (
            <ContactRow key={contact.id} contact={contact} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function ContactRow({ contact }: { contact: Contact }) {
  const { word, words } = useWords();
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Link to="/contacts/$id" params={{ id: contact.id }} data-row>
          {contact.latin_name}
        </Link>
        {contact.name !== contact.latin_name && <div className="soft">{contact.name}</div>}
      </th>
      <td>
        {contact.positions.map((held) => (
          <div key={held.id}>
            {held.title}
            <div className="soft">{held.organization}</div>
          </div>
        ))}
      </td>
      <td>{words("country", contact.countries)}</td>
      <td>
        <StateWord tone={CONTACT_TONES[contact.state]}>{word("contactState", contact.state)}</StateWord>
      </td>
      <td className={styles.nowrap}>
        <time dateTime={contact.review_on}>{day(contact.review_on)}</time>
      </td>
      <td>
        <LabelMark label={contact.label} />
      </td>
    </tr>
  );
}
