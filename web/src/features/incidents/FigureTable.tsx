import { useTranslation } from "react-i18next";
import type { Account } from "../../api/types";
import { useWords } from "../../domain/words";
import styles from "./FigureTable.module.css";

/** The figures of one source; those of two sources are never added up. */
export function FigureTable({ figures, source }: { figures: Account["figures"]; source: string }) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const rows = Object.entries(figures);
  if (rows.length === 0) return <p className={styles.none}>{t("figures.none")}</p>;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t("figures.of", { source })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("figures.low")}</th>
          <th scope="col">{t("figures.best")}</th>
          <th scope="col">{t("figures.high")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { low, best, high }]) => (
          <tr key={name}>
            <th scope="row">{word("figure", name)}</th>
            <td>{low ?? "–"}</td>
            <td className={styles.best}>{best ?? "–"}</td>
            <td>{high ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
