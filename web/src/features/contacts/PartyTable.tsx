import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Party } from "../../api/types";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";

export function PartyTable({ parties }: { parties: Party[] }) {
  const { t } = useTranslation("contacts");
  return (
    <RecordTable title={t("parties.title")} heads={[t("list.name"), t("parties.kind"), t("list.countries"), t("list.label")]} of={parties}>
      {(party) => <PartyRow key={party.id} party={party} />}
    </RecordTable>
  );
}

function PartyRow({ party }: { party: Party }) {
  const { t } = useTranslation("contacts");
  const { word, words } = useWords();
  return (
    <tr>
      <th scope="row">
        <Link to="/parties/$id" params={{ id: party.id }} data-row>
          {party.name}
        </Link>
        {party.names.length > 0 && <div className="soft">{party.names.map(({ name }) => name).join(" · ")}</div>}
      </th>
      <td>
        {word("partyKind", party.kind)}
        {party.members.length > 0 && <div className="soft">{t("parties.joint")}</div>}
      </td>
      <td>{words("country", party.countries)}</td>
      <td>
        <LabelMark label={party.label} />
      </td>
    </tr>
  );
}
