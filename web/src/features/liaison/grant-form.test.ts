import { expect, test } from "vitest";
import type { Concurrence } from "../../api/types";
import { formOf, grantOf, isSendable } from "./grant-form";

const ASKED = { parties: ["a", "b"], party_kinds: ["other-party"], themes: ["border", "water-energy"], valid_from: "2030-01-01T00:00:00Z", valid_until: "2030-12-31T23:59:59Z" } as Concurrence;
const AS_ASKED = formOf(ASKED);

test("a grant as asked names nothing but the note that carries it", () => {
  expect(grantOf({ ...AS_ASKED, answeredBy: " NV-TJ/88 " }, ASKED)).toEqual({ answered_by: "NV-TJ/88", conditions: null });
});

test("a grant in part names only what was narrowed", () => {
  const part = { ...AS_ASKED, isPart: true, themes: ["border"], until: "2030-06-30" };
  expect(grantOf(part, ASKED)).toEqual({ answered_by: null, conditions: null, themes: ["border"], valid_until: "2030-06-30T23:59:59Z" });
});

test("a party named out of a kind takes its place; kinds that stay are named with it", () => {
  expect(grantOf({ ...AS_ASKED, isPart: true, kinds: [], parties: ["a"] }, ASKED)).toMatchObject({ parties: ["a"] });
  expect(grantOf({ ...AS_ASKED, isPart: true, kinds: [] }, ASKED)).not.toHaveProperty("party_kinds");
  expect(grantOf({ ...AS_ASKED, isPart: true, parties: ["a"] }, ASKED)).toMatchObject({ parties: ["a"], party_kinds: ["other-party"] });
});

test("a grant of nothing is not sent", () => {
  expect(isSendable(AS_ASKED, ASKED)).toBe(true);
  expect(isSendable({ ...AS_ASKED, isPart: true, themes: [] }, ASKED)).toBe(false);
  expect(isSendable({ ...AS_ASKED, isPart: true, parties: [], kinds: [] }, ASKED)).toBe(false);
  expect(isSendable({ ...AS_ASKED, isPart: true, until: "2029-12-31" }, ASKED)).toBe(false);
});
