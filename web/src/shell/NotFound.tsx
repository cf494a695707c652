import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../parts/Page";

export function NotFound() {
  const { t } = useTranslation("shell");
  return (
    <main id="content">
      <Page title={t("notFound.title")} lead={t("notFound.lead")}>
        <Link to="/incidents">{t("notFound.back")}</Link>
      </Page>
    </main>
  );
}
