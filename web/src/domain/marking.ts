import { SENSITIVITIES, TLPS, type Sensitivity, type Tlp } from "./vocabulary";

/** What a banner says: the highest sensitivity and the strictest TLP of what it covers. */
export interface Marking {
  sensitivity: Sensitivity;
  tlp: Tlp | undefined;
}

export interface Marked {
  sensitivity: Sensitivity;
  tlp: Tlp;
}

export const UNMARKED: Marking = { sensitivity: "unclassified", tlp: undefined };

function strictest<T>(order: readonly T[], values: T[]): T | undefined {
  return values.length === 0 ? undefined : order[Math.max(...values.map((value) => order.indexOf(value)))];
}

/** Sensitivity and TLP are joined field by field: they are independent of one another. */
export function highest(labels: readonly Marked[]): Marking {
  return {
    sensitivity: strictest(SENSITIVITIES, labels.map((label) => label.sensitivity)) ?? UNMARKED.sensitivity,
    tlp: strictest(TLPS, labels.map((label) => label.tlp)),
  };
}
