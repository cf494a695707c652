import { Button, Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { CollectedEvidence } from "../incidents/CollectedEvidence";
import { usePermission } from "../session/session";
import { EffortFilters } from "./EffortFilters";
import { EffortList } from "./EffortList";
import { EffortPane } from "./EffortPane";
import { TellDialog } from "./TellDialog";
import { useEfforts } from "./queries";
import type { EffortSearch } from "./search";

const route = getRouteApi("/shell/efforts");

/** What is being done about what threatens peace, by the Centre and by others. */
export function EffortsPage() {
  const { t } = useTranslation("efforts");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const efforts = useEfforts(search);
  const items = efforts.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const change = (changed: EffortSearch) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const open = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, open: id }), resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<Actions onTold={open} />}>
      <EffortFilters search={search} onChange={change} />
      <Stack gap="md">
        {search.open && <EffortPane key={search.open} id={search.open} onClose={() => open(undefined)} />}
        <Outcome of={efforts}>{() => (items.length === 0 ? <Empty>{t("empty")}</Empty> : <EffortList efforts={items} open={search.open} />)}</Outcome>
      </Stack>
      <LoadMore of={efforts} />
    </Page>
  );
}

function Actions({ onTold }: { onTold: (id: string) => void }) {
  const { t } = useTranslation("efforts");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <CollectedEvidence />
      {may("tellEffort") && <Button onClick={() => setOpen(true)}>{t("tell.open")}</Button>}
      {isOpen && <TellDialog onTold={onTold} onClose={() => setOpen(false)} />}
    </>
  );
}
