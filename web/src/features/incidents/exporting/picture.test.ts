import { expect, test } from "vitest";
import { wrap } from "./picture";

const letters = (line: string) => line.length;

test("lines are as long as fits, and no word is lost or cut", () => {
  expect(wrap("one two three four", 9, letters)).toEqual(["one two", "three", "four"]);
  expect(wrap("unbreakable x", 4, letters)).toEqual(["unbreakable", "x"]);
});
