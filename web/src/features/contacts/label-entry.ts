import type { Label } from "../../api/types";
import { SENSITIVITIES, TLPS } from "../../domain/vocabulary";

/** A label as it is written, with the reason that lowering it needs. */
export interface LabelEntry {
  sensitivity: Label["sensitivity"];
  tlp: Label["tlp"];
  releasable: string[];
  lowering: string;
}

const releasableTo = ({ releasable_to }: Label) => releasable_to ?? [];

export function labelEntryOf(label: Label): LabelEntry {
  return { sensitivity: label.sensitivity, tlp: label.tlp, releasable: releasableTo(label), lowering: "" };
}

/** Whether more people would be let know than before (contracts/labels.py is the source). */
export function isLowered({ sensitivity, tlp, releasable }: LabelEntry, before: Label): boolean {
  const isLess = <T>(order: readonly T[], now: T, then: T) => order.indexOf(now) < order.indexOf(then);
  return isLess(SENSITIVITIES, sensitivity, before.sensitivity) || isLess(TLPS, tlp, before.tlp) || releasable.some((each) => !releasableTo(before).includes(each));
}

function isChanged({ sensitivity, tlp, releasable }: LabelEntry, before: Label): boolean {
  const isSame = releasable.length === releasableTo(before).length && releasable.every((each) => releasableTo(before).includes(each));
  return sensitivity !== before.sensitivity || tlp !== before.tlp || !isSame;
}

/** What is sent: nothing while the label stays. */
export function labelBodyOf(entry: LabelEntry, before: Label): { label?: Pick<Label, "sensitivity" | "tlp" | "releasable_to">; reason?: string } {
  if (!isChanged(entry, before)) return {};
  const label = { sensitivity: entry.sensitivity, tlp: entry.tlp, releasable_to: entry.releasable };
  return { label, ...(isLowered(entry, before) ? { reason: entry.lowering.trim() } : {}) };
}

/** A label is lowered by its originator only, and with a reason. */
export function isLabelReady(entry: LabelEntry, before: Label, organization: string): boolean {
  return !isLowered(entry, before) || (before.originator === organization && entry.lowering.trim() !== "");
}
