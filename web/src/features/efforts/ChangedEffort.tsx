import { useTranslation } from "react-i18next";
import type { Effort } from "../../api/types";
import { useWords } from "../../domain/words";
import { ChangedMeanwhile } from "../../parts/ChangedMeanwhile";
import type { EditedForm } from "../../parts/edited-form";
import { Grade } from "../incidents/Grade";
import type { EffortForm } from "./effort-form";

interface ChangedEffortProps {
  effort: Effort;
  edit: EditedForm<Effort, EffortForm>;
  onGoOn: () => void;
}

/** What somebody else saved of the effort, or thought of it, while it was being written. */
export function ChangedEffort({ effort, edit, onGoOn }: ChangedEffortProps) {
  const { t } = useTranslation("efforts");
  const textOf = useTextOf();
  const { base, theirs, form, changed } = edit;
  if (theirs === undefined) return null;
  const changes = changed.map((field) => ({ field: t(`fields.${field}`), theirs: textOf(field, theirs), mine: textOf(field, form) }));
  const isGradedAnew = base.reliability !== effort.reliability || base.credibility !== effort.credibility;
  const grades = isGradedAnew ? [{ field: t("columns.grade"), theirs: <Grade {...effort} />, mine: <Grade {...base} /> }] : [];
  return <ChangedMeanwhile changes={[...changes, ...grades]} edit={edit} onGoOn={onGoOn} />;
}

/** What a field of the form says. */
function useTextOf() {
  const { word } = useWords();
  return (field: keyof EffortForm, of: EffortForm): string => {
    if (field === "kind") return word("effortKind", of.kind);
    if (field === "countries") return of.countries.map((code) => word("country", code)).join(", ");
    if (field === "themes") return of.themes.map((code) => word("theme", code)).join(", ");
    if (field === "incidents") return String(of.incidents.length);
    if (field === "at" || field === "until") return of[field].replace("T", ", ");
    return of[field].replaceAll("\n", "; ");
  };
}
