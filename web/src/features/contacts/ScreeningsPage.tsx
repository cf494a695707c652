import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SCREENING_STATES } from "../../domain/vocabulary";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { LoadMore } from "../../parts/LoadMore";
import { Empty, Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import styles from "./Facts.module.css";
import { useSanctionsList, useScreenings } from "./queries";
import { ScreeningTable } from "./ScreeningTable";

const route = getRouteApi("/shell/screenings");

export function ScreeningsPage() {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const screenings = useScreenings(search);
  const items = screenings.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Page title={t("screening.title")} lead={t("screening.lead")}>
      <div className={styles.state}>
        <ListState />
      </div>
      <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`}>
        <Choice
          label={t("filters.state")}
          any={t("screening.any")}
          known={SCREENING_STATES}
          value={search.state}
          word={(code) => word("screeningState", code)}
          onChange={(state) => void navigate({ search: { state }, replace: true, resetScroll: false })}
        />
      </form>
      <Outcome of={screenings}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{t("screening.empty")}</Empty> : <ScreeningTable screenings={items} />}
            <LoadMore of={screenings} />
          </>
        )}
      </Outcome>
    </Page>
  );
}

/** Without a list nobody is screened, and an old one misses who was listed since: both are said. */
function ListState() {
  const { t } = useTranslation("contacts");
  const { day } = useTimes();
  const list = useSanctionsList();
  return (
    <Outcome of={list}>
      {({ held, generated_at, age_days, individuals, entities }) =>
        held && generated_at ? (
          <Notice tone={(age_days ?? 0) > 7 ? "care" : "accent"}>{t("screening.held", { day: day(generated_at), age: age_days ?? 0, individuals, entities })}</Notice>
        ) : (
          <Notice tone="bad">{t("screening.none")}</Notice>
        )
      }
    </Outcome>
  );
}
