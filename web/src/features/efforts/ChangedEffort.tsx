import { useTranslation } from "react-i18next";
import type { Effort } from "../../api/types";
import { useWords } from "../../domain/words";
import { ChangedMeanwhile } from "../../parts/ChangedMeanwhile";
import { changedFields } from "../../parts/rebase";
import { Grade } from "../incidents/Grade";
import { formOf, type EffortForm } from "./effort-form";

interface ChangedEffortProps {
  base: Effort;
  theirs: Effort;
  mine: EffortForm;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** What somebody else saved of the effort, or thought of it, while it was being written. */
export function ChangedEffort({ base, theirs, mine, onKeepMine, onTakeTheirs }: ChangedEffortProps) {
  const { t } = useTranslation("efforts");
  const textOf = useTextOf();
  const saved = formOf(theirs);
  const fields = changedFields(formOf(base), saved);
  const changes = fields.map((field) => ({ field: t(`fields.${field}`), theirs: textOf(field, saved), mine: textOf(field, mine) }));
  const isGradedAnew = base.reliability !== theirs.reliability || base.credibility !== theirs.credibility;
  const grades = isGradedAnew ? [{ field: t("columns.grade"), theirs: <Grade {...theirs} />, mine: <Grade {...base} /> }] : [];
  return <ChangedMeanwhile changes={[...changes, ...grades]} onKeepMine={onKeepMine} onTakeTheirs={onTakeTheirs} />;
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
