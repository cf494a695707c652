import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "../features/session/session";
import styles from "./Navigation.module.css";
import { SCREENS } from "./screens";

export function Navigation({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation("shell");
  const may = usePermission();
  return (
    <nav aria-label={t("nav.label")} className={styles.nav}>
      {SCREENS.filter(({ operation }) => may(operation)).map(({ name }) => (
        <Link key={name} to={`/${name}`} className={styles.link} activeOptions={{ includeSearch: false }} onClick={onChoose}>
          {t(`nav.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
