import { useTranslation } from "react-i18next";
import { LANGUAGES, rememberLanguage } from "../i18n";
import styles from "./Switch.module.css";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("shell");
  return (
    <div role="group" aria-label={t("language")} className={styles.group}>
      {LANGUAGES.map(({ code, name, short }) => (
        <button key={code} type="button" lang={code} title={name} aria-pressed={i18n.language === code} className={styles.choice} onClick={() => rememberLanguage(code)}>
          {short}
        </button>
      ))}
    </div>
  );
}
