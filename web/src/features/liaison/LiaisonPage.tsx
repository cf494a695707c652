import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRIES, ENGAGEMENT_STATES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { Page } from "../../parts/Page";
import { usePermission, useSession } from "../session/session";
import { ConcurrenceBoard } from "./ConcurrenceBoard";
import { EngagementList } from "./EngagementList";
import { ProposeDialog } from "./ProposeDialog";
import { RequestDialog } from "./RequestDialog";
import type { LiaisonSearch } from "./search";

/** An unplanned encounter is recorded by the Head only (R1). */
const HEAD = "head-of-centre";

const route = getRouteApi("/shell/engagements");

export function LiaisonPage() {
  const { t } = useTranslation("liaison");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = usePermission();
  const change = (changed: Partial<LiaisonSearch>) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CreateButtons />}>
      <LiaisonFilters search={search} onChange={change} />
      {may("listConcurrences") && <ConcurrenceBoard country={search.country} />}
      <EngagementList search={search} />
    </Page>
  );
}

function CreateButtons() {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const { roles } = useSession();
  const [open, setOpen] = useState<"propose" | "encounter" | "request" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <>
      {may("requestConcurrence") && (
        <Button variant="default" onClick={() => setOpen("request")}>
          {t("request.open")}
        </Button>
      )}
      {may("proposeEngagement") && roles.includes(HEAD) && (
        <Button variant="default" onClick={() => setOpen("encounter")}>
          {t("encounter.open")}
        </Button>
      )}
      {may("proposeEngagement") && <Button onClick={() => setOpen("propose")}>{t("propose.open")}</Button>}
      {(open === "propose" || open === "encounter") && <ProposeDialog as={open} onClose={close} />}
      {open === "request" && <RequestDialog onClose={close} />}
    </>
  );
}

function LiaisonFilters({ search, onChange }: { search: LiaisonSearch; onChange: (changed: Partial<LiaisonSearch>) => void }) {
  const { t } = useTranslation("liaison");
  const { word } = useWords();
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      <Choice label={t("filters.state")} any={t("filters.anyState")} known={ENGAGEMENT_STATES} value={search.state} word={(code) => word("engagementState", code)} onChange={(state) => onChange({ state })} />
    </form>
  );
}
