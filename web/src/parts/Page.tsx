import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One screen: its title, what can be done on it, and its content. */
export function Page({ title, lead, actions, children }: PageProps) {
  const { t } = useTranslation("shell");
  useEffect(() => {
    document.title = `${title} · ${t("name")}`;
  }, [title, t]);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <h1 id="page-title" tabIndex={-1}>
            {title}
          </h1>
          {typeof lead === "string" ? <p className={styles.lead}>{lead}</p> : lead}
        </div>
        {actions && <div className={`${styles.actions} no-print`}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
