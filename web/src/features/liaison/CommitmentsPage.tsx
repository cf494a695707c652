import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { Page } from "../../parts/Page";
import { CommitmentList } from "./CommitmentList";
import { COMMITMENT_STANDINGS } from "./search";

const route = getRouteApi("/shell/commitments");

export function CommitmentsPage() {
  const { t } = useTranslation("liaison");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("commitment.title")} lead={t("commitment.lead")}>
      <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
        <Choice
          label={t("commitment.standing_label")}
          any={t("commitment.any")}
          known={COMMITMENT_STANDINGS}
          value={search.standing}
          word={(code) => t(`commitmentStanding.${code}`)}
          onChange={(standing) => void navigate({ search: { standing }, replace: true, resetScroll: false })}
        />
      </form>
      <CommitmentList search={search} />
    </Page>
  );
}
