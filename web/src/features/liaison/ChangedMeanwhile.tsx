import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { wallClock } from "../../domain/zones";
import { Notice } from "../../parts/Notice";
import { AttendingNames } from "./Attending";
import type { PlanField, PlanForm } from "./plan-form";

interface ChangedMeanwhileProps {
  fields: readonly PlanField[];
  theirs: PlanForm;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Somebody else saved the plan while it was being written: what they wrote, and two ways on. Nothing typed is lost unasked. */
export function ChangedMeanwhile({ fields, theirs, onKeepMine, onTakeTheirs }: ChangedMeanwhileProps) {
  const { t } = useTranslation("liaison");
  return (
    <div role="alert">
      <Notice tone="care">
        <strong>{t("changed.title")}</strong>
        {fields.length > 0 && (
          <ul>
            {fields.map((field) => (
              <li key={field}>
                {t(`planField.${field}`)}: <TheirValue field={field} theirs={theirs} />
              </li>
            ))}
          </ul>
        )}
        <p>{t("changed.detail")}</p>
        <Group gap="xs">
          <Button size="compact-sm" onClick={onKeepMine}>
            {t("changed.keepMine")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onTakeTheirs}>
            {t("changed.takeTheirs")}
          </Button>
        </Group>
      </Notice>
    </div>
  );
}

function TheirValue({ field, theirs }: { field: PlanField; theirs: PlanForm }) {
  const { t } = useTranslation("liaison");
  if (theirs[field].length === 0) return t("one.none");
  if (field === "contacts") return <AttendingNames ids={theirs.contacts} />;
  if (field === "starts_at" || field === "ends_at") return `${wallClock(theirs[field], theirs.time_zone).replace("T", ", ")} (${theirs.time_zone})`;
  return theirs[field].replaceAll("\n", "; ");
}
