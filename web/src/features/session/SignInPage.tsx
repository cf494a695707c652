import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LanguageSwitch } from "../../shell/LanguageSwitch";
import mark from "../../shell/mark.svg";
import { SchemeSwitch } from "../../shell/SchemeSwitch";
import { SignInForm } from "./SignInForm";
import styles from "./SignInPage.module.css";

/** Only pages of this client: an address that names another host is not followed. */
function ownPage(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation(["session", "shell"]);
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  useEffect(() => {
    document.title = `${t("session:signIn")} · ${t("shell:name")}`;
  }, [t]);
  return (
    <main id="content" className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src={mark} alt="" width={40} height={40} />
          <div>
            <h1>{t("shell:name")}</h1>
            <p className="soft">{t("shell:centre")}</p>
          </div>
        </div>
        <SignInForm onDone={() => void navigate({ href: ownPage(next), replace: true })} />
        <div className={styles.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
      </div>
      <p className={styles.note}>{t("session:note")}</p>
    </main>
  );
}
