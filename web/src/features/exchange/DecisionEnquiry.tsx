import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useReports } from "../reports/queries";
import { DecisionDetail } from "./DecisionDetail";
import { useOrganizations, useReleaseDecision } from "./queries";

/** "What would OSCE get?", asked in advance: decides nothing and sends nothing. */
export function DecisionEnquiry() {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const [report, setReport] = useState<string>();
  const [recipient, setRecipient] = useState<string>();
  const reports = useReports({ state: "issued" });
  const organizations = useOrganizations();
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  const titles = new Map(items.map(({ id, reference, title }) => [id, `${reference} · ${title}`]));
  const recipients = (organizations.data?.items ?? []).filter(({ kind }) => kind !== "centre").map(({ id }) => id);
  const decision = useReleaseDecision(report ? `report:${report}` : "", recipient ?? "");
  return (
    <Panel id="enquiry" title={t("enquiry.title")}>
      <p className="soft">{t("enquiry.lead")}</p>
      <form aria-label={t("enquiry.title")} className={`${filters.filters ?? ""} ${filters.wide ?? ""}`}>
        <Choice label={t("enquiry.report")} any={t("enquiry.choose")} known={[...titles.keys()]} value={report} word={(id) => titles.get(id) ?? id} onChange={setReport} />
        <Choice label={t("enquiry.recipient")} any={t("enquiry.choose")} known={recipients} value={recipient} word={(code) => word("organization", code)} onChange={setRecipient} />
      </form>
      {report && recipient && <Outcome of={decision}>{(data) => <DecisionDetail decision={data} recipient={word("organization", recipient)} />}</Outcome>}
    </Panel>
  );
}
