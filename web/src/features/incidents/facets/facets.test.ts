import { expect, test } from "vitest";
import { chosenOf, toggled } from "./facets";

test("a value is chosen, and let go by choosing it again", () => {
  expect(toggled({}, "country", "TJK")).toEqual({ country: "TJK" });
  expect(toggled({ country: "TJK" }, "country", "TJK")).toEqual({ country: undefined });
  expect(toggled({ country: "TJK" }, "country", "KGZ")).toEqual({ country: "KGZ" });
});

test("what is no text in the address becomes what it is", () => {
  expect(toggled({}, "credibility", "2")).toEqual({ credibility: 2 });
  expect(toggled({}, "graded", "false")).toEqual({ graded: false });
  expect(chosenOf({ graded: false }, "graded")).toBe("false");
});

test("a value the vocabulary does not know filters nothing", () => {
  expect(toggled({}, "country", "XXX")).toEqual({ country: undefined });
});
