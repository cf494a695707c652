import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ContactPicker } from "../contacts/ContactPicker";
import { useContact } from "../contacts/queries";
import { usePermission } from "../session/session";

interface AttendingFieldProps {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** The persons of the register who attend, each by name, leading to the register. */
export function AttendingNames({ ids }: { ids: readonly string[] }) {
  const may = usePermission();
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && "; "}
      {may("readContact") ? (
        <Link to="/contacts/$id" params={{ id }}>
          <ContactName id={id} />
        </Link>
      ) : (
        <ContactName id={id} />
      )}
    </span>
  ));
}

/** One the reader may not know of stays unnamed. */
function ContactName({ id }: { id: string }) {
  const { t } = useTranslation("liaison");
  const contact = useContact(id, usePermission()("readContact"));
  return contact.data?.latin_name ?? t("attending.unnamed");
}

/** Adds persons of the register one by one; each can be taken off again. */
export function AttendingField({ chosen, onChange }: AttendingFieldProps) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  return (
    <div>
      {chosen.length > 0 && (
        <ul aria-label={t("one.contacts")}>
          {chosen.map((id) => (
            <li key={id}>
              <ContactName id={id} />{" "}
              <Button size="compact-xs" variant="subtle" onClick={() => onChange(chosen.filter((each) => each !== id))}>
                {t("attending.remove")} <span className="visually-hidden"><ContactName id={id} /></span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {may("listContacts") && <ContactPicker key={chosen.length} label={t("attending.add")} isOptional chosen={null} onChange={(id) => id && onChange([...new Set([...chosen, id])])} />}
    </div>
  );
}
