import { expect, test } from "vitest";
import type { Effort, Incident } from "../../api/types";
import { blankEffort, bodyOf, formOf, isSendable } from "./effort-form";

const EFFORT = {
  kind: "mediation",
  title: "The commission met",
  text: null,
  actors: ["Council of Batken", "Council of Isfara"],
  countries: ["KGZ", "TJK"],
  themes: ["water-energy"],
  occurred_at: "2026-03-01T10:20:30Z",
  ends_at: null,
  incidents: ["i1"],
} as unknown as Effort;

test("what stays is sent as it was, to the second", () => {
  const { kind, title, text, actors, countries, themes, occurred_at, ends_at, incidents } = EFFORT;
  expect(bodyOf(formOf(EFFORT), EFFORT)).toEqual({ kind, title, text, actors, countries, themes, occurred_at, ends_at, incidents });
});

test("actors are lines, and moments of the fields are UTC", () => {
  const form = { ...formOf(EFFORT), actors: " Elders \n\n Youth ", at: "2026-03-02T08:00", until: "2026-03-03T09:00" };
  expect(bodyOf(form, EFFORT)).toMatchObject({ actors: ["Elders", "Youth"], occurred_at: "2026-03-02T08:00:00Z", ends_at: "2026-03-03T09:00:00Z" });
});

test("an effort begins where and against what its incident is", () => {
  const form = blankEffort({ id: "i2", countries: ["TJK"], themes: ["border"] } as unknown as Incident);
  expect(form).toMatchObject({ countries: ["TJK"], themes: ["border"], incidents: ["i2"] });
  expect(isSendable(form)).toBe(false);
  expect(isSendable({ ...form, title: "Talks", actors: "Elders" })).toBe(true);
  expect(isSendable({ ...form, title: "Talks", actors: "Elders", until: "2001-01-01T00:00" })).toBe(false);
});
