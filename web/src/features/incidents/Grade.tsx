import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import styles from "./Grade.module.css";

interface GradeProps {
  reliability: string | null;
  credibility: number | null;
  isInWords?: boolean;
}

/** The two halves of the Admiralty code, side by side and never merged. */
export function Grade({ reliability, credibility, isInWords = false }: GradeProps) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  if (reliability === null && credibility === null) return <span className={styles.ungraded}>○ {t("grade.none")}</span>;
  const source = reliability === null ? t("grade.unset") : word("reliability", reliability);
  const information = credibility === null ? t("grade.unset") : word("credibility", credibility);
  return (
    <span className={styles.grade} title={`${t("grade.reliability")}: ${source}. ${t("grade.credibility")}: ${information}`}>
      <span className={styles.half}>
        <b>{reliability ?? "–"}</b> {isInWords && source}
      </span>
      <span className={styles.half}>
        <b>{credibility ?? "–"}</b> {isInWords && information}
      </span>
    </span>
  );
}
