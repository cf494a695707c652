import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Package } from "../../api/types";
import { PACKAGE_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { DecisionEnquiry } from "./DecisionEnquiry";
import { PackageTable } from "./PackageTable";
import { useOrganizations, usePackages } from "./queries";
import type { ExchangeSearch } from "./search";

const route = getRouteApi("/shell/exchange");

function byRecipient(packages: Package[]): [string, Package[]][] {
  const groups = new Map<string, Package[]>();
  for (const each of packages) groups.set(each.recipient, [...(groups.get(each.recipient) ?? []), each]);
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

export function ExchangePage() {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = usePermission();
  const packages = usePackages(search);
  const items = packages.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const change = (changed: Partial<ExchangeSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("listMandates") && <MandatesLink />}>
      <PackageFilters search={search} onChange={change} />
      <Outcome of={packages}>
        {() => (
          <>
            {items.length === 0 && <Empty>{t("empty")}</Empty>}
            {byRecipient(items).map(([recipient, each]) => (
              <Panel key={recipient} id={`to-${recipient}`} title={word("organization", recipient)} aside={<span className="soft">{t("count", { count: each.length })}</span>}>
                <PackageTable packages={each} recipient={word("organization", recipient)} />
              </Panel>
            ))}
            <LoadMore of={packages} />
          </>
        )}
      </Outcome>
      {may("readReleaseDecision") && may("listReports") && <DecisionEnquiry />}
    </Page>
  );
}

function MandatesLink() {
  const { t } = useTranslation("exchange");
  return (
    <Button variant="default" renderRoot={(props: object) => <Link to="/mandates" {...props} />}>
      {t("mandates")}
    </Button>
  );
}

function PackageFilters({ search, onChange }: { search: ExchangeSearch; onChange: (changed: Partial<ExchangeSearch>) => void }) {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const organizations = useOrganizations();
  const recipients = (organizations.data?.items ?? []).filter(({ kind }) => kind !== "centre").map(({ id }) => id);
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
      <Choice label={t("filters.recipient")} any={t("filters.anyRecipient")} known={recipients} value={search.recipient} word={(code) => word("organization", code)} onChange={(recipient) => onChange({ recipient })} />
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={PACKAGE_STATES} value={search.state} word={(code) => word("packageState", code)} onChange={(state) => onChange({ state })} />
    </form>
  );
}
