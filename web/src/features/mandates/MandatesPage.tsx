import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadMore } from "../../parts/LoadMore";
import { Empty, Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { DeclareDialog } from "./DeclareDialog";
import { MandateFilters } from "./MandateFilters";
import { MandateTable } from "./MandateTable";
import { useMandates } from "./queries";
import type { MandateSearch } from "./search";

const route = getRouteApi("/shell/mandates");

/** What each organization may be told of: as it is, or as it was on one day, as known on another (R3). */
export function MandatesPage() {
  const { t } = useTranslation("mandates");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mandates = useMandates(search);
  const items = mandates.data?.pages.flatMap((page) => page.items) ?? [];
  const isPast = (search.true_on ?? search.known_on) !== undefined;
  useMarkingOf(items);
  const change = (changed: Partial<MandateSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<DeclareButton />}>
      <MandateFilters search={search} onChange={change} />
      <Panel id="mandates" title={t(isPast ? "past" : "present")}>
        {isPast && <Notice>{t("pastHint")}</Notice>}
        <Outcome of={mandates}>{() => (items.length === 0 ? <Empty>{t("empty")}</Empty> : <MandateTable mandates={items} isPast={isPast} />)}</Outcome>
        <LoadMore of={mandates} />
      </Panel>
    </Page>
  );
}

function DeclareButton() {
  const { t } = useTranslation("mandates");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  if (!may("declareMandate")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("declare.open")}</Button>
      {isOpen && <DeclareDialog onClose={() => setOpen(false)} />}
    </>
  );
}
