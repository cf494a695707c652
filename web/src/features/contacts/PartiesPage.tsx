import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRIES, PARTY_KINDS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { PartyTable } from "./PartyTable";
import { RegisterDialog } from "./RegisterDialog";
import { usePartyList } from "./queries";
import { SearchField } from "./SearchField";
import type { PartySearch } from "./search";

const route = getRouteApi("/shell/parties");

export function PartiesPage() {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const search = route.useSearch();
  const parties = usePartyList(search);
  const [isOpen, setOpen] = useState(false);
  const items = parties.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Page title={t("parties.title")} lead={t("parties.lead")} actions={may("registerParty") && <Button onClick={() => setOpen(true)}>{t("parties.register")}</Button>}>
      <Filters search={search} />
      <Outcome of={parties}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{t("parties.empty")}</Empty> : <PartyTable parties={items} />}
            <LoadMore of={parties} />
          </>
        )}
      </Outcome>
      {isOpen && <RegisterDialog onClose={() => setOpen(false)} />}
    </Page>
  );
}

function Filters({ search }: { search: PartySearch }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const navigate = route.useNavigate();
  const change = useCallback((changed: Partial<PartySearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false }), [navigate]);
  const look = useCallback((q: string | undefined) => change({ q }), [change]);
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`} onSubmit={(event) => event.preventDefault()}>
      <SearchField label={t("filters.q")} value={search.q} onChange={look} />
      <Choice label={t("parties.kind")} any={t("parties.anyKind")} known={PARTY_KINDS} value={search.kind} word={(code) => word("partyKind", code)} onChange={(kind) => change({ kind })} />
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => change({ country })} />
    </form>
  );
}
