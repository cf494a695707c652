import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CoverageCell } from "../../api/types";
import { COUNTRIES, oneOf } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { ActivityTable } from "./ActivityTable";
import { CoverageLegend, CoverageMatrix } from "./CoverageMatrix";
import { useCoverage } from "./queries";

const route = getRouteApi("/shell/coverage");

export function CoveragePage() {
  const { t } = useTranslation("coverage");
  const { place: placeName, word } = useWords();
  const { place, theme } = route.useSearch();
  const navigate = route.useNavigate();
  const coverage = useCoverage();
  const choose = (cell: CoverageCell) => void navigate({ search: { place: cell.place, theme: cell.theme }, replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Outcome of={coverage}>
        {(data) => (
          <>
            <CoverageLegend />
            <CoverageMatrix coverage={data} chosen={{ place, theme }} onChoose={choose} />
            {place && theme && (
              <Panel id="cell" title={t("cell.title", { place: placeName(place), theme: word("theme", theme) })}>
                <CellOrganizations cell={data.cells.find((cell) => cell.place === place && cell.theme === theme)} />
                <ActivityTable filter={{ country: oneOf(COUNTRIES, place), theme }} place={place} />
              </Panel>
            )}
            <Panel id="unaligned" title={t("unaligned.title", { count: data.unaligned })}>
              <p className="soft">{t("unaligned.lead")}</p>
              <ActivityTable filter={{ aligned: false }} isAlignable />
            </Panel>
          </>
        )}
      </Outcome>
    </Page>
  );
}

function CellOrganizations({ cell }: { cell: CoverageCell | undefined }) {
  const { t } = useTranslation("coverage");
  const { words } = useWords();
  if (!cell || cell.organizations.length === 0) return <p>{t("cell.nobody")}</p>;
  return <p>{t("cell.organizations", { organizations: words("organization", cell.organizations) })}</p>;
}
