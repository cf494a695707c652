import { useTranslation } from "react-i18next";
import { isStale } from "../../api/problem";
import type { Party } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useSession } from "../session/session";
import { ChangedEntry } from "./ChangedEntry";
import { useEditedEntry } from "./edited-entry";
import { usePartyTexts } from "./entry-texts";
import { isLabelReady, labelBodyOf, labelEntryOf } from "./label-entry";
import { LabelFields } from "./LabelFields";
import { bodyOf, entryOf, isReady } from "./party-entry";
import { PartyFields } from "./PartyFields";
import { useEditParty } from "./queries";

const wholeEntryOf = (party: Party) => ({ ...entryOf(party), ...labelEntryOf(party.label) });

/** Changes what the register says of a party; what it said before stays in its history. The kind stays (R1). */
export function EditPartyDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { organization } = useSession();
  const textOf = usePartyTexts();
  const edit = useEditedEntry("party", party, wholeEntryOf);
  const { base, entry, change } = edit;
  const saved = useEditParty(base);
  const isBlocked = edit.theirs !== undefined || !isReady(entry) || !isLabelReady(entry, base.label, organization);
  const done = () => {
    edit.forget();
    onClose();
  };
  const send = () => saved.mutate({ ...bodyOf(entry), ...labelBodyOf(entry, base.label) }, { onSuccess: done });
  return (
    <ConfirmDialog title={t("edit.title", { name: base.name })} confirm={t("edit.confirm")} size="lg" isBlocked={isBlocked} isPending={saved.isPending} error={edit.theirs !== undefined && isStale(saved.error) ? null : saved.error} onConfirm={send} onClose={onClose}>
      <p>{t("parties.editDetail")}</p>
      <ChangedEntry edit={edit} textOf={textOf} onGoOn={saved.reset} />
      <PartyFields entry={entry} error={saved.error} self={base.id} onChange={change} />
      <LabelFields entry={entry} before={base.label} onChange={change} />
    </ConfirmDialog>
  );
}
