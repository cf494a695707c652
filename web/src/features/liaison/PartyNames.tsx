import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import { usePermission } from "../session/session";
import { useParties } from "./queries";

/** Parties by name; one the person may not know of stays unnamed. `kinds` are whole classes of parties. */
export function PartyNames({ ids, kinds = [] }: { ids: readonly string[]; kinds?: readonly string[] }) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  const may = usePermission();
  const parties = useParties(may("listParties"));
  const names = new Map(parties.data?.map(({ id, name }) => [id, name]));
  return [...ids.map((id) => names.get(id) ?? t("party.unnamed")), ...kinds.map((kind) => t("party.everyOf", { kind: word("partyKind", kind) }))].join("; ");
}
