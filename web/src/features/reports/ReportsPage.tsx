import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { REPORT_KINDS, REPORT_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { useReports } from "./queries";
import { ReportTable } from "./ReportTable";
import type { ReportSearch } from "./search";

const route = getRouteApi("/shell/reports");

export function ReportsPage() {
  const { t } = useTranslation("reports");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = usePermission();
  const reports = useReports(search);
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const change = (changed: Partial<ReportSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const actions = may("draftReport") && (
    <Link to="/reports/new" className="button">
      {t("list.new")}
    </Link>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={actions}>
      <ReportFilters search={search} onChange={change} />
      <Outcome of={reports}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{t("list.empty")}</Empty> : <ReportTable reports={items} />}
            <LoadMore of={reports} />
          </>
        )}
      </Outcome>
    </Page>
  );
}

function ReportFilters({ search, onChange }: { search: ReportSearch; onChange: (changed: Partial<ReportSearch>) => void }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={REPORT_STATES} value={search.state} word={(code) => word("reportState", code)} onChange={(state) => onChange({ state })} />
      <Choice label={t("filters.kind")} any={t("filters.anyKind")} known={REPORT_KINDS} value={search.kind} word={(code) => word("reportKind", code)} onChange={(kind) => onChange({ kind })} />
    </form>
  );
}
