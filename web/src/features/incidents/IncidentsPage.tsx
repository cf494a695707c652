import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { CollectedEvidence } from "./CollectedEvidence";
import { IncidentDetailPane } from "./IncidentDetailPane";
import { IncidentFilters } from "./IncidentFilters";
import { IncidentList } from "./IncidentList";
import styles from "./IncidentsPage.module.css";
import { useIncidents } from "./queries";
import type { IncidentSearch } from "./search";
import { Suggestions } from "./triage/Suggestions";

const IncidentMap = lazy(() => import("./map/IncidentMap").then((module) => ({ default: module.IncidentMap })));
const route = getRouteApi("/shell/incidents");

export function IncidentsPage() {
  const { t } = useTranslation("incidents");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = usePermission();
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const incidents = useIncidents(search);
  const items: Incident[] = incidents.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const change = (changed: Partial<IncidentSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const open = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, open: id }), resetScroll: false });
  const shown = items.find((item) => item.id === (pointed ?? search.open));
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CollectedEvidence />}>
      <IncidentFilters search={search} onChange={change} />
      <div className={styles.halves}>
        <section className={styles.half} aria-label={t("map.label")}>
          <Suspense fallback={<div className={styles.mapWaiting} role="status">{t("map.loading")}</div>}>
            <IncidentMap search={search} shown={shown} onMove={(bbox) => change({ bbox })} />
          </Suspense>
        </section>
        <section className={styles.half} aria-label={t("list.label")}>
          <IncidentList of={incidents} items={items} search={search} onOpen={open} onPoint={setPointed} onWholeRegion={() => change({ bbox: undefined })} />
        </section>
      </div>
      {may("listSuggestions") && !search.open && <Suggestions />}
      {search.open && <IncidentDetailPane key={search.open} id={search.open} onOpen={open} onClose={() => open(undefined)} />}
    </Page>
  );
}
