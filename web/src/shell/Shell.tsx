import { Loader } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ExpiredSessionDialog } from "../features/session/ExpiredSessionDialog";
import { SessionContext, useWhoami } from "../features/session/session";
import { ProblemNotice } from "../parts/ProblemNotice";
import { Header } from "./Header";
import styles from "./Shell.module.css";

/** The frame of every screen behind the sign-in. */
export function Shell() {
  const { t } = useTranslation("shell");
  const whoami = useWhoami();
  if (whoami.data === undefined) {
    return (
      <main id="content" className={styles.waiting}>
        {whoami.error ? <ProblemNotice error={whoami.error} /> : <Loader aria-label={t("loading")} />}
      </main>
    );
  }
  return (
    <SessionContext value={whoami.data}>
      <Header />
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
      <ExpiredSessionDialog />
    </SessionContext>
  );
}
