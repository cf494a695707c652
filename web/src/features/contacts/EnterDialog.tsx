import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../api/problem";
import type { Contact } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { BLANK, bodyOf, isReady } from "./contact-entry";
import { ContactFields } from "./ContactFields";
import { DuplicateWarning, type Duplicate } from "./DuplicateWarning";
import { useKeptEntry } from "./kept-entry";
import { useEnterContact } from "./queries";

/** Enters a person; somebody who may be the same is shown first. */
export function EnterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const { entry, change, forget } = useKeptEntry("contact", BLANK);
  const enter = useEnterContact();
  const refusal = enter.error ? asProblem(enter.error) : undefined;
  const duplicates = refusal?.slug === "possible-duplicate" ? (refusal.body.duplicates as Duplicate[]) : [];
  const done = (made: Contact) => {
    forget();
    onClose();
    void navigate({ to: "/contacts/$id", params: { id: made.id } });
  };
  const send = () => enter.mutate({ ...bodyOf(entry), confirmed_distinct_from: duplicates.map(({ id }) => id) }, { onSuccess: done });
  return (
    <ConfirmDialog
      title={t("enter.open")}
      confirm={duplicates.length > 0 ? t("enter.anyway") : t("enter.confirm")}
      size="lg"
      isBlocked={!isReady(entry)}
      isPending={enter.isPending}
      error={duplicates.length > 0 ? null : enter.error}
      onConfirm={send}
      onClose={onClose}
    >
      <ContactFields entry={entry} error={enter.error} onChange={change} />
      {duplicates.length > 0 && <DuplicateWarning duplicates={duplicates} />}
    </ConfirmDialog>
  );
}
