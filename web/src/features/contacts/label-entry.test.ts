import { expect, test } from "vitest";
import type { Label } from "../../api/types";
import { isLabelReady, isLowered, labelBodyOf, labelEntryOf } from "./label-entry";

const BEFORE: Label = { sensitivity: "confidential", tlp: "AMBER", originator: "centre", themes: [], countries: [], releasable_to: ["hq"] };
const AS_IT_IS = labelEntryOf(BEFORE);

test("a label that stays is not sent", () => {
  expect(labelBodyOf(AS_IT_IS, BEFORE)).toEqual({});
  expect(isLabelReady(AS_IT_IS, BEFORE, "unama")).toBe(true);
});

test("a label is raised by anybody and without a reason", () => {
  const raised = { ...AS_IT_IS, tlp: "RED" as const, releasable: [] };
  expect(isLowered(raised, BEFORE)).toBe(false);
  expect(isLabelReady(raised, BEFORE, "unama")).toBe(true);
  expect(labelBodyOf(raised, BEFORE)).toEqual({ label: { sensitivity: "confidential", tlp: "RED", releasable_to: [] } });
});

test("a label is lowered by its originator with a reason, in each of its fields", () => {
  const lower = [{ sensitivity: "unclassified" as const }, { tlp: "GREEN" as const }, { releasable: ["hq", "osce"] }];
  for (const part of lower) {
    const lowered = { ...AS_IT_IS, ...part };
    expect(isLowered(lowered, BEFORE)).toBe(true);
    expect(isLabelReady(lowered, BEFORE, "centre")).toBe(false);
    expect(isLabelReady({ ...lowered, lowering: "In the press." }, BEFORE, "unama")).toBe(false);
    expect(isLabelReady({ ...lowered, lowering: "In the press." }, BEFORE, "centre")).toBe(true);
    expect(labelBodyOf({ ...lowered, lowering: " In the press. " }, BEFORE)).toMatchObject({ reason: "In the press." });
  }
});
