import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import styles from "../../parts/Table.module.css";

export const CONTACT_TONES: Record<Contact["state"], Tone> = { active: "good", restricted: "bad", merged: "calm", erased: "calm" };

export function ContactTable({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation("contacts");
  return (
    <RecordTable title={t("title")} heads={(["name", "position", "countries", "state", "review", "label"] as const).map((column) => t(`list.${column}`))} of={contacts}>
      {(contact) => <ContactRow key={contact.id} contact={contact} />}
    </RecordTable>
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
