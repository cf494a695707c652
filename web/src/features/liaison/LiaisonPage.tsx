import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../parts/Page";
import { usePermission, useSession } from "../session/session";
import { ConcurrenceBoard } from "./ConcurrenceBoard";
import { EngagementList } from "./EngagementList";
import { LiaisonFilters } from "./LiaisonFilters";
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
    <Page title={t("title")} lead={t("lead")} actions={<CreateButtons onRequested={() => change({ concurrences: "requested" })} />}>
      <LiaisonFilters search={search} onChange={change} />
      {may("listConcurrences") && <ConcurrenceBoard search={search} onChange={change} />}
      <EngagementList search={search} />
    </Page>
  );
}

function CreateButtons({ onRequested }: { onRequested: () => void }) {
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
      {open === "request" && <RequestDialog onDone={onRequested} onClose={close} />}
    </>
  );
}
