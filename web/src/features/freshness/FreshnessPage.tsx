import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FACETS, oneOf } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { FreshnessBoard, FreshnessLegend } from "./FreshnessBoard";
import { useFreshness } from "./queries";

const route = getRouteApi("/shell/freshness");

export function FreshnessPage() {
  const { t } = useTranslation("freshness");
  const { word } = useWords();
  const { facet = "situation" } = route.useSearch();
  const navigate = route.useNavigate();
  const board = useFreshness(facet);
  const facets = (
    <SegmentedControl
      aria-label={t("facet")}
      size="xs"
      data={FACETS.map((code) => ({ value: code, label: word("facet", code) }))}
      value={facet}
      onChange={(code) => void navigate({ search: { facet: oneOf(FACETS, code) }, replace: true })}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={facets}>
      <FreshnessLegend />
      <Outcome of={board}>{(cells) => (cells.length === 0 ? <Empty>{t("empty")}</Empty> : <FreshnessBoard cells={cells} />)}</Outcome>
    </Page>
  );
}
