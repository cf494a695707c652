import { useTranslation } from "react-i18next";
import { wallClock } from "../../domain/zones";
import { ChangedMeanwhile } from "../../parts/ChangedMeanwhile";
import { AttendingNames } from "./Attending";
import type { PlanField, PlanForm } from "./plan-form";

interface ChangedPlanProps {
  fields: readonly PlanField[];
  theirs: PlanForm;
  mine: PlanForm;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** What somebody else saved of the plan while it was being written. */
export function ChangedPlan({ fields, theirs, mine, onKeepMine, onTakeTheirs }: ChangedPlanProps) {
  const { t } = useTranslation("liaison");
  const changes = fields.map((field) => ({ field: t(`planField.${field}`), theirs: <Value field={field} of={theirs} />, mine: <Value field={field} of={mine} /> }));
  return <ChangedMeanwhile changes={changes} onKeepMine={onKeepMine} onTakeTheirs={onTakeTheirs} />;
}

function Value({ field, of }: { field: PlanField; of: PlanForm }) {
  const { t } = useTranslation("liaison");
  if (of[field].length === 0) return t("one.none");
  if (field === "contacts") return <AttendingNames ids={of.contacts} />;
  if (field === "starts_at" || field === "ends_at") return `${wallClock(of[field], of.time_zone).replace("T", ", ")} (${of.time_zone})`;
  return of[field];
}
