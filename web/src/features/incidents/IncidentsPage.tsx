import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { useFormer } from "../../parts/former";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { useChange } from "./change";
import { CollectedEvidence } from "./CollectedEvidence";
import { ExportMenu } from "./exporting/ExportMenu";
import { FacetPanel } from "./facets/FacetPanel";
import { IncidentDetailPane } from "./IncidentDetailPane";
import { IncidentFilters } from "./IncidentFilters";
import { IncidentList } from "./IncidentList";
import styles from "./IncidentsPage.module.css";
import { useIncidents } from "./queries";
import type { IncidentSearch } from "./search";
import { KeptSearches } from "./searches/KeptSearches";
import { Timeline } from "./timeline/Timeline";
import { Suggestions } from "./triage/Suggestions";

const IncidentMap = lazy(() => import("./map/IncidentMap").then((module) => ({ default: module.IncidentMap })));
const route = getRouteApi("/shell/incidents");

export function IncidentsPage() {
  const { t } = useTranslation("incidents");
  const search = route.useSearch();
  const change = useChange();
  const may = usePermission();
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const incidents = useIncidents(search);
  const found = useFormer(incidents.data);
  const items: Incident[] = found?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  const open = (id: string | undefined) => change({ open: id });
  const shown = items.find((item) => item.id === (pointed ?? search.open));
  return (
    <Page title={t("title")} lead={t("lead")} actions={<Actions search={search} />}>
      <IncidentFilters search={search} onChange={change} />
      <Timeline search={search} onChange={change} />
      <div className={styles.parts}>
        <section className={styles.half} aria-label={t("map.label")}>
          <Suspense fallback={<div className={styles.mapWaiting} role="status">{t("map.loading")}</div>}>
            <IncidentMap search={search} shown={shown} onMove={(bbox) => change({ bbox }, false)} />
          </Suspense>
        </section>
        <section className={styles.half} aria-label={t("list.label")}>
          <IncidentList of={{ ...incidents, data: found }} items={items} search={search} onOpen={open} onPoint={setPointed} onWholeRegion={() => change({ bbox: undefined })} />
        </section>
        <FacetPanel search={search} onChange={change} />
      </div>
      {may("listSuggestions") && !search.open && <Suggestions />}
      {search.open && <IncidentDetailPane key={search.open} id={search.open} onOpen={open} onClose={() => open(undefined)} />}
    </Page>
  );
}

function Actions({ search }: { search: IncidentSearch }) {
  return (
    <>
      <CollectedEvidence />
      <KeptSearches search={search} />
      <ExportMenu search={search} />
    </>
  );
}
