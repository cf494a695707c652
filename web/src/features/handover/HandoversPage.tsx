import { FileButton, Button } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { HANDOVER_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { HandoverTable } from "./HandoverTable";
import { useHandovers, useReceivePackage } from "./queries";

const route = getRouteApi("/shell/handovers");

/** The packages of closing offices that were taken in. */
export function HandoversPage() {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = usePermission();
  const handovers = useHandovers(search);
  const received = useReceivePackage();
  const items = handovers.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("receiveHandover") && <Receive received={received} />}>
      {received.error && <ProblemNotice error={received.error} />}
      <form role="search" aria-label={t("filters")} className={`${filters.filters} no-print`}>
        <Choice
          label={t("columns.state")}
          any={t("anyState")}
          known={HANDOVER_STATES}
          value={search.state}
          word={(code) => word("handoverState", code)}
          onChange={(state) => void navigate({ search: { state }, replace: true, resetScroll: false })}
        />
      </form>
      <Outcome of={handovers}>{() => (items.length === 0 ? <Empty>{t("empty")}</Empty> : <HandoverTable handovers={items} />)}</Outcome>
      <LoadMore of={handovers} />
    </Page>
  );
}

function Receive({ received }: { received: ReturnType<typeof useReceivePackage> }) {
  const { t } = useTranslation("handover");
  const navigate = useNavigate();
  const send = (file: File | null) => {
    if (file) received.mutate(file, { onSuccess: ({ id }) => void navigate({ to: "/handovers/$id", params: { id } }) });
  };
  return (
    <FileButton onChange={send} accept=".zip,.gz,.tgz">
      {(props) => (
        <Button {...props} loading={received.isPending}>
          {t("receive")}
        </Button>
      )}
    </FileButton>
  );
}
