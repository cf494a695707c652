import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answered, api } from "../../api/client";
import type { Brief } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useMarkingOf } from "../../shell/marking";
import styles from "./BriefPanel.module.css";

/** What the brief for a meeting holds, at a glance, and the brief itself as a document. */
export function BriefPanel({ id }: { id: string }) {
  const { t } = useTranslation("brief");
  const brief = useQuery({ queryKey: ["engagements", "brief", id], queryFn: () => answered(api.GET("/v1/engagements/{engagement_id}/brief", { params: { path: { engagement_id: id } } })) });
  useMarkingOf(brief.data && [brief.data]);
  return (
    <Panel id="brief" title={t("title")} aside={<Downloads id={id} />}>
      <Outcome of={brief}>{(data) => <AtAGlance brief={data} />}</Outcome>
    </Panel>
  );
}

function Downloads({ id }: { id: string }) {
  const { t, i18n } = useTranslation("brief");
  return (
    <span className={styles.downloads}>
      {(["pdf", "docx"] as const).map((form) => (
        <a key={form} href={`/v1/engagements/${id}/brief/${form}?locale=${i18n.language}`} target={form === "pdf" ? "_blank" : undefined} rel="noreferrer">
          {t(form)}
        </a>
      ))}
    </span>
  );
}

function AtAGlance({ brief }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const overdue = brief.commitments.filter((each) => each.standing === "overdue").length;
  const late = brief.correspondence.filter((each) => each.overdue).length;
  return (
    <>
      <p className={styles.marked}>
        <LabelMark label={brief.label} />
      </p>
      <dl className={styles.glance}>
        <dt>{t("concurrence")}</dt>
        <dd>
          <Concurrences brief={brief} />
        </dd>
        <dt>{t("incidents")}</dt>
        <dd>
          <Incidents brief={brief} />
        </dd>
        <dt>{t("last")}</dt>
        <dd>
          <LastMeeting brief={brief} />
        </dd>
        <dt>{t("commitments")}</dt>
        <dd>{overdue > 0 ? t("overdue", { all: brief.commitments.length, overdue }) : brief.commitments.length}</dd>
        <dt>{t("replies")}</dt>
        <dd>{late > 0 ? t("overdue", { all: brief.correspondence.length, overdue: late }) : brief.correspondence.length}</dd>
      </dl>
    </>
  );
}

function Concurrences({ brief: { missing, concurrences } }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const { word, words } = useWords();
  const { moment } = useTimes();
  if (missing.length + concurrences.length === 0) return t("none");
  return (
    <ul className={styles.lines}>
      {missing.map((gap) => (
        <li key={`${gap.country} ${gap.party}`} className={styles.missing}>
          {t("missing", { country: word("country", gap.country), party: gap.party_name, themes: words("theme", gap.themes) })}
        </li>
      ))}
      {concurrences.map((each) => (
        <li key={each.id}>
          {word("country", each.country)} <span className="reference">{each.reference}</span>, {t("until", { day: moment(each.ends_at) })}
          {each.conditions && <span className={styles.conditions}>{t("conditions", { text: each.conditions })}</span>}
        </li>
      ))}
    </ul>
  );
}

function Incidents({ brief: { incidents } }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const { day } = useTimes();
  if (incidents.length === 0) return t("none");
  return (
    <ul className={styles.lines}>
      {incidents.map((each) => (
        <li key={each.id}>
          {day(each.occurred_at)}{" "}
          <Link to="/incidents" search={{ open: each.id }} preload={false}>
            {each.title}
          </Link>{" "}
          ({each.reliability}
          {each.credibility})
        </li>
      ))}
    </ul>
  );
}

function LastMeeting({ brief: { history } }: { brief: Brief }) {
  const { t } = useTranslation("brief");
  const { day } = useTimes();
  const last = history[0];
  if (!last) return t("none");
  return (
    <Link to="/engagements/$id" params={{ id: last.id }}>
      {day(last.starts_at)}, {last.title}
    </Link>
  );
}
