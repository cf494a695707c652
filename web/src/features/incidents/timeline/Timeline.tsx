import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTimes } from "../../../domain/times";
import { useFormer } from "../../../parts/former";
import { Retry } from "../../../parts/Retry";
import type { IncidentSearch } from "../search";
import { Brush } from "./Brush";
import { useTimeline } from "./queries";
import { axisOf, endOf, type Span, spanOf } from "./steps";
import styles from "./Timeline.module.css";

interface TimelineProps {
  search: IncidentSearch;
  onChange: (changed: IncidentSearch) => void;
}

/** When what fits occurred, and a brush over it that filters map, list and counts together. */
export function Timeline({ search, onChange }: TimelineProps) {
  const { t } = useTranslation("incidents");
  const asked = useTimeline(search);
  const counted = useFormer(asked.data);
  const { day } = useTimes();
  const axis = counted ? axisOf(counted.steps, counted.bucket) : [];
  const span: Span = spanOf(axis, search.since, search.until);
  const [begin, end] = [axis[span[0]], axis[span[1]]];
  const isNarrowed = search.since !== undefined || search.until !== undefined;
  return (
    <section className={`${styles.panel} no-print`} aria-label={t("timeline.label")} aria-busy={asked.isPlaceholderData}>
      <div className={styles.head}>
        <strong>{t("timeline.label")}</strong>
        {begin && end && counted && (
          <span role="status">
            {day(search.since ?? begin.begins)} – {day(search.until ?? endOf(end, counted.bucket))}
          </span>
        )}
        {isNarrowed && (
          <Button size="compact-xs" variant="default" onClick={() => onChange({ since: undefined, until: undefined })}>
            {t("timeline.whole")}
          </Button>
        )}
        {counted && !counted.complete && <span className="soft">{t("facets.incomplete")}</span>}
      </div>
      <Retry of={asked} />
      {counted && axis.length > 0 && <Brush key={`${axis[0]?.begins ?? ""} ${axis.length}`} axis={axis} bucket={counted.bucket} span={span} onChange={onChange} />}
    </section>
  );
}
