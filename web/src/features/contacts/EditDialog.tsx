import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Contact } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useSession } from "../session/session";
import { ChangedEntry } from "./ChangedEntry";
import { bodyOf, entryOf, isReady } from "./contact-entry";
import { ContactFields } from "./ContactFields";
import { useEditedEntry } from "./edited-entry";
import { useContactTexts } from "./entry-texts";
import { isLabelReady, labelBodyOf, labelEntryOf } from "./label-entry";
import { LabelFields } from "./LabelFields";
import { useEditContact } from "./queries";

const wholeEntryOf = (contact: Contact) => ({ ...entryOf(contact), ...labelEntryOf(contact.label) });

/** Changes what is kept on a person, over the version that was opened; what somebody else saves meanwhile is shown beside it. */
export function EditDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { organization } = useSession();
  const textOf = useContactTexts();
  const edit = useEditedEntry("contact", contact, wholeEntryOf);
  const { base, entry, change } = edit;
  const saved = useEditContact(base);
  const isBlocked = edit.theirs !== undefined || !isReady(entry) || !isLabelReady(entry, base.label, organization);
  const done = () => {
    edit.forget();
    onClose();
  };
  const send = () => saved.mutate({ ...bodyOf(entry), ...labelBodyOf(entry, base.label) }, { onSuccess: done });
  return (
    <ConfirmDialog title={t("edit.title", { name: base.latin_name })} confirm={t("edit.confirm")} size="lg" isBlocked={isBlocked} isPending={saved.isPending} error={edit.theirs !== undefined && isStale(saved.error) ? null : saved.error} onConfirm={send} onClose={onClose}>
      <ChangedEntry edit={edit} textOf={textOf} onGoOn={saved.reset} />
      <ContactFields entry={entry} error={saved.error} onChange={change} />
      <LabelFields entry={entry} before={base.label} onChange={change} />
    </ConfirmDialog>
  );
}
