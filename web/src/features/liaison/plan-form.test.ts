import { expect, test } from "vitest";
import { changedFields, rebased } from "../../parts/rebase";
import { isSendable, type PlanForm } from "./plan-form";

const BASE: PlanForm = { title: "Talks", place: "", time_zone: "UTC", starts_at: "2030-05-01T09:00:00Z", ends_at: "2030-05-01T11:00:00Z", delegation: "", interpreters: "", languages: "", agenda: "1. Canal", contacts: [] };

test("what somebody else changed is taken over, what I changed stays mine", () => {
  const mine = { ...BASE, title: "My talks", agenda: "1. Gates" };
  const theirs = { ...BASE, agenda: "1. Locks", place: "Dushanbe" };
  expect(rebased(mine, BASE, theirs)).toEqual({ ...BASE, title: "My talks", agenda: "1. Gates", place: "Dushanbe" });
});

test("the same persons in a new list are no change", () => {
  expect(changedFields({ ...BASE, contacts: ["a"] }, { ...BASE, contacts: ["a"] })).toEqual([]);
  expect(changedFields({ ...BASE, contacts: ["a"] }, BASE)).toEqual(["contacts"]);
});

test("a plan that ends before it begins is not sent", () => {
  expect(isSendable(BASE)).toBe(true);
  expect(isSendable({ ...BASE, ends_at: BASE.starts_at })).toBe(false);
  expect(isSendable({ ...BASE, title: " " })).toBe(false);
});
