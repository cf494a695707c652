import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { LabelMark } from "../../parts/LabelMark";
import { Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { Duplicates } from "./Duplicates";
import { Forecast } from "./Forecast";
import { HandoverStatus } from "./HandoverStatus";
import { Quarantine } from "./Quarantine";
import { useHandover, useStartImport } from "./queries";
import { Receipt } from "./Receipt";
import { Reconciliation } from "./Reconciliation";
import { SeriesQueue } from "./SeriesQueue";

const route = getRouteApi("/shell/handovers/$id");

/** One package: its dry run, then what became of it, what is to be reviewed and mended, and the receipt. */
export function HandoverPage() {
  const { t } = useTranslation("handover");
  const handover = useHandover(route.useParams().id);
  useMarkingOf(handover.data && [handover.data]);
  return (
    <Page title={handover.data?.office_name ?? t("title")} lead={handover.data && <Facts of={handover.data} />} actions={handover.data && <Start of={handover.data} />}>
      <Outcome of={handover}>
        {(data) => (
          <>
            {data.problem && <Notice tone="bad">{data.problem}</Notice>}
            {data.state === "ready" && <Forecast of={data} />}
            <Reconciliation of={data} />
            {data.state !== "ready" && <SeriesQueue of={data} />}
            {data.state !== "ready" && <Quarantine of={data} />}
            {data.state !== "ready" && <Duplicates of={data} />}
            {data.state === "imported" && <Receipt of={data} />}
          </>
        )}
      </Outcome>
    </Page>
  );
}

function Facts({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const { words } = useWords();
  const { day } = useTimes();
  return (
    <div>
      <HandoverStatus of={of} />
      <p>
        {t("facts", { begin: day(of.period_begin), end: day(of.period_end), countries: words("country", of.office_countries) })}
        {of.custodian && ` ${t("custodianIs", { name: of.custodian })}`}
      </p>
      <LabelMark label={of.label} />
    </div>
  );
}

function Start({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const started = useStartImport(of);
  if (of.state !== "ready" || !may("startHandover")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("start.open")}</Button>
      {isOpen && (
        <ConfirmDialog
          title={t("start.open")}
          confirm={t("start.confirm")}
          isPending={started.isPending}
          error={started.error}
          onConfirm={() => started.mutate(undefined, { onSuccess: () => setOpen(false) })}
          onClose={() => setOpen(false)}
        >
          <p>{t("start.detail", { records: of.records })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
