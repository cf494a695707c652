import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../api/problem";
import type { Activity } from "../../api/types";
import { useAlignActivity, useObjectives } from "./queries";

/** Sets an activity against an objective of the framework. */
export function AlignChoice({ activity }: { activity: Activity }) {
  const { t } = useTranslation("coverage");
  const objectives = useObjectives(true);
  const align = useAlignActivity(activity);
  const options = (objectives.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }));
  return (
    <NativeSelect
      size="xs"
      aria-label={t("activities.alignOf", { title: activity.title })}
      data={[{ value: "", label: t("activities.align") }, ...options]}
      value=""
      disabled={align.isPending}
      error={align.error ? asProblem(align.error).message : undefined}
      onChange={(event) => event.currentTarget.value && align.mutate(event.currentTarget.value)}
    />
  );
}
