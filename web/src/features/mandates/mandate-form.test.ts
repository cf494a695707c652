import { expect, test } from "vitest";
import type { Mandate } from "../../api/types";
import { BLANK, correctionOf, formOf, isSendable, mandateOf } from "./mandate-form";

const MANDATE = {
  title: "Borders",
  clause: "Charter, art. 1",
  themes: ["border", "political"],
  countries: ["TJK"],
  functions: ["information-exchange"],
  ceiling: { sensitivity: "unclassified", tlp: "GREEN" },
  valid_from: "2020-01-01T09:30:00Z",
  valid_until: null,
} as unknown as Mandate;
const AS_IT_IS = formOf(MANDATE);

test("what stays is not sent, and nothing but what stays is no correction", () => {
  expect(correctionOf(AS_IT_IS, MANDATE)).toEqual({});
  expect(correctionOf({ ...AS_IT_IS, themes: ["political", "border"], functions: "information-exchange\n \n" }, MANDATE)).toEqual({});
});

test("what is corrected is sent whole", () => {
  const form = { ...AS_IT_IS, title: " Passes ", themes: ["border"], tlp: "AMBER" as const, functions: "early-warning\nconflict-prevention", from: "2021-01-01", until: "2030-06-30" };
  expect(correctionOf(form, MANDATE)).toEqual({
    title: "Passes",
    themes: ["border"],
    functions: ["early-warning", "conflict-prevention"],
    ceiling: { sensitivity: "unclassified", tlp: "AMBER" },
    valid_from: "2021-01-01T00:00:00Z",
    valid_until: "2030-06-30T23:59:59Z",
  });
});

test("a last day is taken away by leaving it empty", () => {
  const limited = { ...MANDATE, valid_until: "2030-01-01T00:00:00Z" };
  expect(correctionOf({ ...formOf(limited), until: "" }, limited)).toEqual({ valid_until: null });
});

test("a mandate for nothing, or that ends before it begins, is not sent", () => {
  expect(isSendable({ ...AS_IT_IS, themes: [] })).toBe(false);
  expect(isSendable(AS_IT_IS)).toBe(true);
  expect(isSendable(BLANK)).toBe(false);
  expect(isSendable({ ...AS_IT_IS, until: "2019-12-31" })).toBe(false);
});

test("a new mandate without days holds from now until it is ended", () => {
  const form = { ...BLANK, title: " Borders", clause: "Charter, art. 1", themes: ["border"], countries: ["TJK"] };
  expect(mandateOf(form)).toMatchObject({ title: "Borders", functions: ["information-exchange"], valid_from: null, valid_until: null });
  expect(mandateOf({ ...form, from: "2020-01-01" })).toMatchObject({ valid_from: "2020-01-01T00:00:00Z" });
});
