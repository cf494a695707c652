import { useTranslation } from "react-i18next";
import type { Activity } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { ScrollFrame } from "../../parts/ScrollFrame";
import table from "../../parts/Table.module.css";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { AlignChoice } from "./AlignChoice";
import { useActivities, type ActivityFilter } from "./queries";

interface ActivityTableProps {
  filter: ActivityFilter;
  /** Keeps the activities of one place, which may be wider than a country. */
  place?: string;
  isAlignable?: boolean;
}

export function ActivityTable({ filter, place, isAlignable = false }: ActivityTableProps) {
  const { t } = useTranslation("coverage");
  const may = usePermission();
  const activities = useActivities(filter);
  const all = activities.data?.pages.flatMap((page) => page.items) ?? [];
  const items = place === undefined ? all : all.filter((activity) => activity.place === place);
  useMarkingOf(items);
  return (
    <Outcome of={activities}>
      {() => (
        <>
          {items.length === 0 ? <Empty>{t("activities.empty")}</Empty> : <Rows activities={items} canAlign={isAlignable && may("alignActivity")} />}
          <LoadMore of={activities} />
        </>
      )}
    </Outcome>
  );
}

function Rows({ activities, canAlign }: { activities: Activity[]; canAlign: boolean }) {
  const { t } = useTranslation("coverage");
  return (
    <ScrollFrame className={table.scroll} label={t("activities.table")}>
      <table className={table.table}>
        <thead>
          <tr>
            {(["title", "organization", "place", "themes", "period", "status"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`activities.${column}`)}
              </th>
            ))}
            {canAlign && <th scope="col">{t("activities.objective")}</th>}
          </tr>
        </thead>
        <tbody>
          {activities.map((activity) => (
            <ActivityRow key={activity.id} activity={activity} canAlign={canAlign} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function ActivityRow({ activity, canAlign }: { activity: Activity; canAlign: boolean }) {
  const { word, words, place } = useWords();
  const { day } = useTimes();
  const { starts_on, ends_on } = activity;
  return (
    <tr>
      <th scope="row">{activity.title}</th>
      <td>{word("organization", activity.organization)}</td>
      <td>{place(activity.place)}</td>
      <td>{words("theme", activity.themes)}</td>
      <td className={table.nowrap}>
        {starts_on ? day(starts_on) : "…"} – {ends_on ? day(ends_on) : "…"}
      </td>
      <td>{word("activityStatus", activity.status)}</td>
      {canAlign && (
        <td>
          <AlignChoice activity={activity} />
        </td>
      )}
    </tr>
  );
}
