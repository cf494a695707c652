import { useTranslation } from "react-i18next";
import type { Report, Section } from "../../api/types";
import { LabelMark } from "../../parts/LabelMark";
import { Empty } from "../../parts/Notice";
import styles from "./ReportText.module.css";
import { StatementText } from "./StatementText";
import { numbersOf, type StatementNumbers } from "./statement-numbers";

/** The text as it reads, each statement numbered, marked with its kind and followed by what it rests on. */
export function ReportText({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const numbers = numbersOf(report);
  return (
    <article className={styles.sheet} aria-label={report.title}>
      {report.sections.length === 0 && <Empty>{t("one.empty")}</Empty>}
      {report.sections.map((section) => (
        <SectionText key={section.id} section={section} numbers={numbers} />
      ))}
    </article>
  );
}

function SectionText({ section, numbers }: { section: Section; numbers: StatementNumbers }) {
  return (
    <section aria-labelledby={`section-${section.id}`} className={styles.section}>
      <div className={styles.head}>
        <h2 id={`section-${section.id}`}>{section.title}</h2>
        <LabelMark label={section.label} />
      </div>
      <ol className={styles.statements}>
        {section.statements.map((statement) => (
          <StatementText key={statement.id} statement={statement} numbers={numbers} />
        ))}
      </ol>
    </section>
  );
}
