import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover, HandoverSeries } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { CountTable } from "../../parts/CountTable";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { StateWord } from "../../parts/StateWord";
import { usePermission } from "../session/session";
import { useSeries } from "./queries";
import { ReviewDialog } from "./ReviewDialog";

/** The series still under the strictest label come first. */
export function SeriesQueue({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const found = useSeries(of);
  const columns = (["series", "kind", "records", "review", "actions"] as const).map((column) => t(`columns.${column}`));
  return (
    <Panel id="series" title={t("series.title")}>
      <p className="soft">{t("series.lead")}</p>
      <Outcome of={found}>
        {(series) => (
          <CountTable title={t("series.title")} columns={columns}>
            {series.toSorted((one, other) => Number(one.reviewed_at !== null) - Number(other.reviewed_at !== null)).map((each) => (
              <SeriesRow key={each.series} of={of} series={each} />
            ))}
          </CountTable>
        )}
      </Outcome>
    </Panel>
  );
}

function SeriesRow({ of, series }: { of: Handover; series: HandoverSeries }) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const isOurs = series.addressee === "centre";
  return (
    <tr>
      <th scope="row">
        {series.title}
        <div className="reference soft">{series.series}</div>
      </th>
      <td>{word("recordKind", series.kind)}</td>
      <td>{series.in_package}</td>
      <td>{isOurs ? <Review of={series} /> : t("series.elsewhere", { addressee: word("addressee", series.addressee) })}</td>
      <td>
        {isOurs && may("reviewSeries") && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-row>
            {t("review.open")}
          </Button>
        )}
        {isOpen && <ReviewDialog of={of} series={series} onClose={() => setOpen(false)} />}
      </td>
    </tr>
  );
}

function Review({ of }: { of: HandoverSeries }) {
  const { t } = useTranslation("handover");
  const { day } = useTimes();
  if (of.reviewed_at === null) return <StateWord tone="care">{t("series.unreviewed")}</StateWord>;
  return (
    <>
      <StateWord tone="good">{t("series.reviewed", { day: day(of.reviewed_at) })}</StateWord>
      <div className="soft">{of.review_reason}</div>
    </>
  );
}
