import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Party } from "../../api/types";
import { PARTY_KINDS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useKeptEntry } from "./kept-entry";
import { BLANK, bodyOf, isReady } from "./party-entry";
import { PartyFields } from "./PartyFields";
import { useRegisterParty } from "./queries";

export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const navigate = useNavigate();
  const { entry, change, forget } = useKeptEntry("party", BLANK);
  const register = useRegisterParty();
  const done = ({ id }: Party) => {
    forget();
    onClose();
    void navigate({ to: "/parties/$id", params: { id } });
  };
  return (
    <ConfirmDialog title={t("parties.register")} confirm={t("parties.confirm")} size="lg" isBlocked={!isReady(entry)} isPending={register.isPending} error={register.error} onConfirm={() => register.mutate(bodyOf(entry), { onSuccess: done })} onClose={onClose}>
      <Choice label={t("parties.kind")} known={PARTY_KINDS} value={entry.kind} word={(code) => word("partyKind", code)} onChange={(kind) => kind && change({ kind })} />
      <PartyFields entry={entry} error={register.error} onChange={change} />
    </ConfirmDialog>
  );
}
