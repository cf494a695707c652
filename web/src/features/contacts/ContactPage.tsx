import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { StateWord } from "../../parts/StateWord";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { ContactActions } from "./ContactActions";
import styles from "./Facts.module.css";
import { IssuedCopies } from "./IssuedCopies";
import { PositionTimeline } from "./PositionTimeline";
import { CONTACT_TONES } from "./ContactTable";
import { useContact } from "./queries";

const route = getRouteApi("/shell/contacts/$id");

export function ContactPage() {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const contact = useContact(route.useParams().id);
  useMarkingOf(contact.data ? [contact.data] : []);
  return (
    <Page title={contact.data?.latin_name ?? t("title")} lead={contact.data && <Lead contact={contact.data} />} actions={contact.data && <ContactActions contact={contact.data} />}>
      <Outcome of={contact}>
        {(found) => (
          <>
            <Pointers contact={found} />
            <Facts contact={found} />
            <PositionTimeline contact={found} />
            {may("listIssuedCopies") && <IssuedCopies contact={found} />}
          </>
        )}
      </Outcome>
    </Page>
  );
}

function Lead({ contact }: { contact: Contact }) {
  const { word } = useWords();
  return (
    <p>
      {contact.name !== contact.latin_name && <span>{contact.name} · </span>}
      <StateWord tone={CONTACT_TONES[contact.state]}>{word("contactState", contact.state)}</StateWord> <LabelMark label={contact.label} />
    </p>
  );
}

/** A merger leads both ways. */
function Pointers({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  return (
    <>
      {contact.state === "restricted" && <Notice tone="bad">{t("page.restricted")}</Notice>}
      {contact.merged_into && (
        <Notice>
          {t("page.mergedInto")}{" "}
          <Link to="/contacts/$id" params={{ id: contact.merged_into }}>
            {t("page.openSurvivor")}
          </Link>
        </Notice>
      )}
      {contact.merged_from.map((id) => (
        <Notice key={id}>
          {t("page.mergedFrom")}{" "}
          <Link to="/contacts/$id" params={{ id }}>
            {t("page.openMerged")}
          </Link>
        </Notice>
      ))}
    </>
  );
}

function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  const { word, words } = useWords();
  const { day } = useTimes();
  const facts: [string, string][] = [
    [t("facts.purpose"), contact.purpose],
    [t("facts.review"), `${day(contact.review_on)}${contact.reviewed_at ? ` (${t("facts.reviewed", { day: day(contact.reviewed_at) })})` : ""}`],
    [t("facts.otherNames"), contact.other_names.join(", ")],
    [t("facts.languages"), words("language", contact.languages)],
    [t("list.countries"), words("country", contact.countries)],
    ...contact.channels.map(({ kind, value }): [string, string] => [word("channelKind", kind), value]),
    [t("facts.notes"), contact.notes ?? ""],
  ];
  return (
    <Panel id="facts" title={t("facts.title")}>
      <dl className={styles.facts}>
        {facts.filter(([, value]) => value !== "").map(([name, value]) => (
          <div key={`${name}${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
