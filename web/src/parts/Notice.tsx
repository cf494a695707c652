import type { ReactNode } from "react";
import styles from "./Notice.module.css";

export function Notice({ tone = "accent", children }: { tone?: "accent" | "care" | "good" | "bad"; children: ReactNode }) {
  return (
    <div className={styles.notice} data-tone={tone} role="status">
      {children}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>;
}
