import { Navigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "../features/session/session";
import { Page } from "../parts/Page";
import { GROUPS } from "./screens";

/** Leads to the first screen that the person's role opens. */
export function Home() {
  const { t } = useTranslation("shell");
  const may = usePermission();
  const first = GROUPS.flatMap(({ screens }) => screens).find(({ operation }) => may(operation));
  if (first) return <Navigate to={`/${first.name}`} replace />;
  return (
    <Page title={t("nothing.title")} lead={t("nothing.lead")}>
      {null}
    </Page>
  );
}
