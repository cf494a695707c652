import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { errorAt } from "../../parts/field-error";
import { useEngagement, useEngagements } from "./queries";

interface FollowsPickerProps {
  chosen: string | null;
  error: unknown;
  onChange: (id: string | null) => void;
}

/** Which talk held before is followed up: the newest that were held, and the one already chosen. */
export function FollowsPicker({ chosen, error, onChange }: FollowsPickerProps) {
  const { t } = useTranslation("liaison");
  const held = useEngagements({ state: "held" });
  const reported = useEngagements({ state: "reported" });
  const own = useEngagement(chosen ?? "", chosen !== null);
  const listed = [held, reported].flatMap(({ data }) => data?.pages.flatMap((page) => page.items) ?? []).toSorted((one, other) => other.starts_at.localeCompare(one.starts_at));
  const isListed = listed.some(({ id }) => id === chosen);
  const offered: Engagement[] = own.data && !isListed ? [own.data, ...listed] : listed;
  const data = offered.map(({ id, reference, title }) => ({ value: id, label: `${reference} ${title}` }));
  return <Select label={t("propose.follows")} data={data} value={chosen} error={errorAt(error, "follows")} onChange={onChange} searchable clearable nothingFoundMessage={t("propose.nothingHeld")} comboboxProps={{ withinPortal: true, zIndex: 400 }} />;
}
