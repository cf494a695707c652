import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { Inbox } from "./Inbox";
import { useInbox } from "./queries";
import { CLAIMS, type TriageSearch } from "./search";
import styles from "./TriagePage.module.css";
import { TriagePane } from "./TriagePane";

const route = getRouteApi("/shell/triage");

/** What needs a person, most urgent first, and the incident that is worked on beside it. */
export function TriagePage() {
  const { t } = useTranslation("triage");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const inbox = useInbox(search);
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items.map((item) => item.incident));
  const change = (changed: TriageSearch) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const open = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, open: id }), resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <InboxFilters search={search} onChange={change} />
      <div className={styles.halves}>
        <section aria-label={t("inbox.label")}>
          <Inbox of={inbox} items={items} open={search.open} onOpen={open} />
        </section>
        {search.open ? <TriagePane key={search.open} id={search.open} onOpen={open} onClose={() => open(undefined)} /> : <p className={styles.hint}>{t("hint")}</p>}
      </div>
    </Page>
  );
}

function InboxFilters({ search, onChange }: { search: TriageSearch; onChange: (changed: TriageSearch) => void }) {
  const { t } = useTranslation("triage");
  const { word } = useWords();
  return (
    <form role="search" aria-label={t("filters.label")} className={`${filters.filters} no-print`} onSubmit={(event) => event.preventDefault()}>
      <Choice label={t("filters.claimed")} any={t("filters.anyClaim")} known={CLAIMS} value={search.claimed} word={(code) => t(`filters.${code}`)} onChange={(claimed) => onChange({ claimed })} />
      <Choice label={t("filters.country")} any={t("filters.anyCountry")} known={COUNTRIES} value={search.country} word={(code) => word("country", code)} onChange={(country) => onChange({ country })} />
      <Choice label={t("filters.theme")} any={t("filters.anyTheme")} known={THEMES} value={search.theme} word={(code) => word("theme", code)} onChange={(theme) => onChange({ theme })} />
    </form>
  );
}
