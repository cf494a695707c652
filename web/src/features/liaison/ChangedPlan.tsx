import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { wallClock } from "../../domain/zones";
import { ChangedMeanwhile } from "../../parts/ChangedMeanwhile";
import type { EditedForm } from "../../parts/edited-form";
import { AttendingNames } from "./Attending";
import type { PlanField, PlanForm } from "./plan-form";

interface ChangedPlanProps {
  edit: EditedForm<Engagement, PlanForm>;
  onGoOn: () => void;
}

/** What somebody else saved of the plan while it was being written. */
export function ChangedPlan({ edit, onGoOn }: ChangedPlanProps) {
  const { t } = useTranslation("liaison");
  const { theirs, form, changed } = edit;
  if (theirs === undefined) return null;
  const changes = changed.map((field) => ({ field: t(`planField.${field}`), theirs: <Value field={field} of={theirs} />, mine: <Value field={field} of={form} /> }));
  return <ChangedMeanwhile changes={changes} edit={edit} onGoOn={onGoOn} />;
}

function Value({ field, of }: { field: PlanField; of: PlanForm }) {
  const { t } = useTranslation("liaison");
  if (of[field].length === 0) return t("one.none");
  if (field === "contacts") return <AttendingNames ids={of.contacts} />;
  if (field === "starts_at" || field === "ends_at") return `${wallClock(of[field], of.time_zone).replace("T", ", ")} (${of.time_zone})`;
  return of[field];
}
