import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { bodyOf, entryOf, isReady } from "./contact-entry";
import { ContactFields } from "./ContactFields";
import { useKeptEntry } from "./kept-entry";
import { useEditContact } from "./queries";

/** Changes what is kept on a person, over the version that was seen when it was opened: an edit of somebody else refuses it. */
export function EditDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const [seen] = useState(contact);
  const { entry, change, forget } = useKeptEntry(`contact:${seen.id}:${seen.version}`, entryOf(seen));
  const edit = useEditContact(seen);
  const done = () => {
    forget();
    onClose();
  };
  return (
    <ConfirmDialog title={t("edit.title", { name: seen.latin_name })} confirm={t("edit.confirm")} size="lg" isBlocked={!isReady(entry)} isPending={edit.isPending} error={edit.error} onConfirm={() => edit.mutate(bodyOf(entry), { onSuccess: done })} onClose={onClose}>
      <ContactFields entry={entry} error={edit.error} onChange={change} />
    </ConfirmDialog>
  );
}
