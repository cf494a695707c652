import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Party, PartyRelations } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { ContactTable } from "./ContactTable";
import { EditPartyDialog } from "./EditPartyDialog";
import styles from "./Facts.module.css";
import { useParty } from "./queries";

const route = getRouteApi("/shell/parties/$id");

export function PartyPage() {
  const { t } = useTranslation("contacts");
  const { day } = useTimes();
  const { party, relations, history, people } = useParty(route.useParams().id);
  useMarkingOf([...(party.data ? [party.data] : []), ...(people.data?.items ?? [])]);
  return (
    <Page title={party.data?.name ?? t("parties.title")} lead={party.data && <Lead party={party.data} />} actions={party.data && <Edit party={party.data} />}>
      <Panel id="relations" title={t("parties.relations")}>
        <Outcome of={relations}>{(found) => <Relations relations={found} />}</Outcome>
      </Panel>
      <Panel id="people" title={t("parties.people")}>
        <Outcome of={people}>{({ items }) => (items.length === 0 ? <Empty>{t("parties.nobody")}</Empty> : <ContactTable contacts={items} />)}</Outcome>
      </Panel>
      <Panel id="history" title={t("parties.history")}>
        <Outcome of={history}>
          {({ items }) => (
            <ol className={styles.list} reversed>
              {items.map((version) => (
                <li key={version.recorded_at}>
                  {version.name} <span className="soft">{t("parties.since", { day: day(version.recorded_at), who: version.recorded_by })}</span>
                </li>
              ))}
            </ol>
          )}
        </Outcome>
      </Panel>
    </Page>
  );
}

function Edit({ party }: { party: Party }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  if (!may("editParty")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("edit.open")}
      </Button>
      {isOpen && <EditPartyDialog party={party} onClose={() => setOpen(false)} />}
    </>
  );
}

function Lead({ party }: { party: Party }) {
  const { word, words } = useWords();
  return (
    <div>
      <p>
        {word("partyKind", party.kind)} · {words("country", party.countries)} · <LabelMark label={party.label} />
      </p>
      {party.names.length > 0 && <p className="soft">{party.names.map(({ name }) => name).join(" · ")}</p>}
    </div>
  );
}

function Relations({ relations }: { relations: PartyRelations }) {
  const { t } = useTranslation("contacts");
  const kinds = { parent: relations.parent ? [relations.parent] : [], parts: relations.parts, members: relations.members, joins: relations.joins };
  const known = (["parent", "parts", "members", "joins"] as const).filter((kind) => kinds[kind].length > 0);
  if (known.length === 0) return <Empty>{t("parties.alone")}</Empty>;
  return (
    <dl className={styles.facts}>
      {known.map((kind) => (
        <div key={kind}>
          <dt>{t(`parties.${kind}`)}</dt>
          {kinds[kind].map(({ id, name }) => (
            <dd key={id}>
              <Link to="/parties/$id" params={{ id }}>
                {name}
              </Link>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
