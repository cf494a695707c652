import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover, Quarantined } from "../../api/types";
import { useWords } from "../../domain/words";
import { CountTable } from "../../parts/CountTable";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { MendDialog } from "./MendDialog";
import { useQuarantine, useRetryQuarantine } from "./queries";

/** What could not be placed, and why: nothing is dropped. */
export function Quarantine({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const found = useQuarantine(of.id);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const columns = (["record", "kind", "reason", "actions"] as const).map((column) => t(`columns.${column}`));
  return (
    <Panel id="quarantine" title={t("quarantine.title")} aside={items.length > 0 && <Retry of={of} />}>
      <Outcome of={found}>
        {() =>
          items.length === 0 ? (
            <Empty>{t("quarantine.empty")}</Empty>
          ) : (
            <CountTable title={t("quarantine.title")} columns={columns}>
              {items.map((each) => (
                <QuarantinedRow key={each.id} of={of} record={each} />
              ))}
            </CountTable>
          )
        }
      </Outcome>
      <LoadMore of={found} />
    </Panel>
  );
}

function QuarantinedRow({ of, record }: { of: Handover; record: Quarantined }) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  return (
    <tr>
      <th scope="row">
        <span className="reference">{record.external_id ?? t("quarantine.unnamed")}</span>
        <div className="soft">{t("quarantine.line", { series: record.series, line: record.line })}</div>
      </th>
      <td>{word("recordKind", record.kind)}</td>
      <td>
        {record.pointer && <span className="reference">{record.pointer}</span>} {record.reason}
      </td>
      <td>
        {may("mendQuarantined") && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-row>
            {t("mend.open")}
          </Button>
        )}
        {isOpen && <MendDialog of={of} record={record} onClose={() => setOpen(false)} />}
      </td>
    </tr>
  );
}

function Retry({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const may = usePermission();
  const retried = useRetryQuarantine(of);
  if (!may("retryQuarantine")) return null;
  return (
    <>
      {retried.error && <ProblemNotice error={retried.error} />}
      <Button size="compact-sm" variant="default" loading={retried.isPending} onClick={() => retried.mutate()}>
        {t("quarantine.retry")}
      </Button>
    </>
  );
}
