import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Switch.module.css";

export function SchemeSwitch() {
  const { t } = useTranslation("shell");
  const { setColorScheme } = useMantineColorScheme();
  const next = useComputedColorScheme("light") === "dark" ? "light" : "dark";
  return (
    <button type="button" className={styles.single} aria-label={t(`scheme.${next}`)} title={t(`scheme.${next}`)} onClick={() => setColorScheme(next)}>
      <span aria-hidden="true">{next === "dark" ? "☾" : "☀"}</span>
    </button>
  );
}
