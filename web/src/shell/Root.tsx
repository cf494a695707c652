import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { MarkingProvider } from "./marking";
import { MarkingBanner } from "./MarkingBanner";

/** What every page has, signed in or not: the skip link and the marking above and below. */
export function Root() {
  const { t, i18n } = useTranslation("shell");
  useEffect(() => {
    document.documentElement.lang = i18n.language;
  }, [i18n.language]);
  return (
    <MarkingProvider>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <MarkingBanner place="top" />
      <Outlet />
      <MarkingBanner place="bottom" />
    </MarkingProvider>
  );
}
