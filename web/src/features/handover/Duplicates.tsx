import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Handover, PersonNamed } from "../../api/types";
import { CountTable } from "../../parts/CountTable";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useDuplicates } from "./queries";

/** Persons who came with the package and may be in the register already: looked at, and merged, at their own pages. */
export function Duplicates({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const found = useDuplicates(of);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel id="duplicates" title={t("duplicates.title")}>
      <p className="soft">{t("duplicates.lead")}</p>
      <Outcome of={found}>
        {() =>
          items.length === 0 ? (
            <Empty>{t("duplicates.empty")}</Empty>
          ) : (
            <CountTable title={t("duplicates.title")} columns={[t("duplicates.came"), t("duplicates.resembles")]}>
              {items.map((twin) => (
                <tr key={twin.id}>
                  <th scope="row">
                    <Person person={twin} />
                  </th>
                  <td>
                    {twin.resembles.map((person) => (
                      <div key={person.id}>
                        <Person person={person} />
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </CountTable>
          )
        }
      </Outcome>
      <LoadMore of={found} />
    </Panel>
  );
}

function Person({ person: { id, name, latin_name } }: { person: PersonNamed }) {
  return (
    <Link to="/contacts/$id" params={{ id }} data-row>
      {latin_name}
      {name !== latin_name && ` (${name})`}
    </Link>
  );
}
