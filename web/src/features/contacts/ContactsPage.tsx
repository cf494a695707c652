import { Button, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { CONTACT_STATES, COUNTRIES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { ContactTable } from "./ContactTable";
import { EnterDialog } from "./EnterDialog";
import { ImportDialog } from "./ImportDialog";
import { useContacts } from "./queries";
import { SearchField } from "./SearchField";
import type { ContactSearch } from "./search";

const route = getRouteApi("/shell/contacts");

export function ContactsPage() {
  const { t } = useTranslation("contacts");
  const search = route.useSearch();
  const contacts = useContacts(search);
  const items = contacts.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Page title={t("title")} lead={t("lead")} actions={<Actions search={search} />}>
      <Filters search={search} />
      <Outcome of={contacts}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{t("list.empty")}</Empty> : <ContactTable contacts={items} />}
            <LoadMore of={contacts} />
          </>
        )}
      </Outcome>
    </Page>
  );
}

function Actions({ search }: { search: ContactSearch }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const [open, setOpen] = useState<"enter" | "import" | undefined>(undefined);
  const close = () => setOpen(undefined);
  const query = new URLSearchParams(Object.entries(search).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))).toString();
  return (
    <>
      {may("downloadContactsCsv") && (
        <a className="button" data-plain href={`/v1/contacts/file.csv?${query}`} download="contacts.csv">
          {t("download.csv")}
        </a>
      )}
      {may("downloadContactsVcard") && (
        <a className="button" data-plain href={`/v1/contacts/file.vcf?${query}`} download="contacts.vcf">
          {t("download.vcard")}
        </a>
      )}
      {may("importContacts") && (
        <Button variant="default" onClick={() => setOpen("import")}>
          {t("import.open")}
        </Button>
      )}
      {may("enterContact") && <Button onClick={() => setOpen("enter")}>{t("enter.open")}</Button>}
      {open === "enter" && <EnterDialog onClose={close} />}
      {open === "import" && <ImportDialog onClose={close} />}
    </>
  );
}

function Filters({ search }: { search: ContactSearch }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const navigate = route.useNavigate();
  const change = useCallback((changed: Partial<ContactSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false }), [navigate]);
  const look = useCallback((q: string | undefined) => change({ q }), [change]);
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`} onSubmit={(event) => event.preventDefault()}>
      <SearchField label={t("filters.q")} value={search.q} onChange={look} />
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => change({ country })} />
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={CONTACT_STATES} value={search.state} word={(code) => word("contactState", code)} onChange={(state) => change({ state })} />
      <TextInput type="date" size="xs" label={t("filters.reviewDue")} value={search.review_due ?? ""} onChange={(event) => change({ review_due: event.currentTarget.value || undefined })} />
    </form>
  );
}
