import { Burger } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveUpdates } from "../api/live-updates";
import { AccountMenu } from "../features/session/AccountMenu";
import styles from "./Header.module.css";
import { LanguageSwitch } from "./LanguageSwitch";
import { LiveIndicator } from "./LiveIndicator";
import mark from "./mark.svg";
import { Navigation } from "./Navigation";
import { SchemeSwitch } from "./SchemeSwitch";

/** Two rows: whose desk this is, and the screens; on a narrow display the screens are a menu. */
export function Header() {
  const { t } = useTranslation("shell");
  const live = useLiveUpdates(true);
  const [isOpen, menu] = useDisclosure(false);
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to="/" className={styles.brand}>
          <img src={mark} alt="" width={26} height={26} />
          <span>{t("name")}</span>
        </Link>
        <div className={styles.tools}>
          <LiveIndicator state={live} />
          <LanguageSwitch />
          <SchemeSwitch />
          <AccountMenu />
        </div>
        <Burger className={styles.burger} opened={isOpen} onClick={menu.toggle} size="sm" aria-label={t("menu")} aria-expanded={isOpen} />
        <div className={styles.menu} data-open={isOpen}>
          <Navigation onChoose={menu.close} />
        </div>
      </div>
    </header>
  );
}
