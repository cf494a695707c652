import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Party } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useKeptEntry } from "./kept-entry";
import { bodyOf, entryOf, isReady } from "./party-entry";
import { PartyFields } from "./PartyFields";
import { useEditParty } from "./queries";

/** Changes what the register says of a party; what it said before stays in its history. The kind stays (R1). */
export function EditPartyDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const [seen] = useState(party);
  const { entry, change, forget } = useKeptEntry(`party:${seen.id}:${seen.version}`, entryOf(seen));
  const edit = useEditParty(seen);
  const done = () => {
    forget();
    onClose();
  };
  return (
    <ConfirmDialog title={t("edit.title", { name: seen.name })} confirm={t("edit.confirm")} size="lg" isBlocked={!isReady(entry)} isPending={edit.isPending} error={edit.error} onConfirm={() => edit.mutate(bodyOf(entry), { onSuccess: done })} onClose={onClose}>
      <p>{t("parties.editDetail")}</p>
      <PartyFields entry={entry} error={edit.error} self={seen.id} onChange={change} />
    </ConfirmDialog>
  );
}
